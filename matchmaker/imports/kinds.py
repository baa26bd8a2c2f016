"""The kinds of lists that can be imported; features above add theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.imports.columns import Known
from matchmaker.imports.comparing import Answers
from matchmaker.imports.people import alone
from matchmaker.imports.people import columns as person_columns
from matchmaker.imports.people.planning import plan_people
from matchmaker.imports.people.saving import save_people
from matchmaker.imports.plans import Plan
from matchmaker.imports.rows import Sheet
from matchmaker.imports.surroundings import Surroundings
from matchmaker.imports.wishing import columns as wish_columns
from matchmaker.imports.wishing.planning import plan_wishes
from matchmaker.imports.wishing.saving import save_wishes


@dataclass(frozen=True, kw_only=True)
class Kind:
    """``needed``: groups of fields of which one each must be there. ``about``: a sentence over the
    preview; ``leads``: label and address of what came of it. Of a list with more rows than
    ``most_remembered`` none is remembered.
    """

    label: LazyString
    columns: Sequence[Known]
    needed: Sequence[Sequence[str]]
    plan: Callable[[Session, Surroundings, Sheet], Plan]
    save: Callable[[Session, Surroundings, Any, Answers], dict[str, int]]
    about: Callable[[Session, Event], str] | None = None
    leads: Callable[[Session, Event], tuple[str, str]] | None = None
    most_remembered: int = 5_000


def _about_wishes(_session: Session, event: Event) -> str:
    if not event.needs_acceptance:
        return ""
    return str(
        _(
            "At this event a wish of one side counts only once the other has accepted it: where "
            "that is known, write “accepted” in a column “Status”."
        )
    )


KINDS = {
    "participants": Kind(
        label=_("Participants"),
        columns=person_columns.COLUMNS,
        needed=person_columns.NEEDED,
        plan=plan_people,
        save=save_people,
    ),
    "organisations": Kind(
        label=_("Organisations"),
        columns=person_columns.ORGANISATION,
        needed=alone.NEEDED,
        plan=alone.plan_organisations,
        save=alone.save_organisations,
    ),
    "wishes": Kind(
        label=_("Wishes"),
        columns=wish_columns.COLUMNS,
        needed=wish_columns.NEEDED,
        plan=plan_wishes,
        save=save_wishes,
        about=_about_wishes,
        most_remembered=25_000,
    ),
}
