"""The deeds that the list offers, by the code that stands in an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.segments import consequences, deeds
from matchmaker.segments.consequences import Foresee


def _nothing(session: Session, event: Event, ids: list[str], value: Any) -> int:
    return 0


@dataclass(frozen=True, kw_only=True)
class Deed:
    """``asks`` names the field of the form that the deed needs. A deed that ``opens`` a page makes
    it ready and answers with its address, instead of doing anything to the people.
    """

    code: str
    label: Any
    title: Callable[[int], str]
    foresee: Foresee
    do: Callable[[Session, Event, list[str], Any], int] = _nothing
    opens: Callable[[Session, Event, list[str]], str] | None = None
    asks: str = ""
    is_grave: bool = False


def _state(code: str, label: Any, title: Callable[[int], str], *, is_grave: bool = False) -> Deed:
    return Deed(
        code=code,
        label=label,
        title=title,
        foresee=consequences.of_state(code),
        do=lambda session, event, ids, _value: deeds.set_states(session, event, ids, code),
        is_grave=is_grave,
    )


DEEDS = {
    deed.code: deed
    for deed in (
        _state(
            "validated",
            _("Confirm"),
            lambda n: ngettext("Confirm %(num)s participant?", "Confirm %(num)s participants?", n),
        ),
        _state(
            "rejected",
            _("Do not accept"),
            lambda n: ngettext("Refuse %(num)s participant?", "Refuse %(num)s participants?", n),
        ),
        _state(
            "withdrawn",
            _("Withdraw"),
            lambda n: ngettext(
                "Withdraw %(num)s participant?", "Withdraw %(num)s participants?", n
            ),
            is_grave=True,
        ),
        Deed(
            code="type",
            label=_("Change the type"),
            title=lambda n: ngettext(
                "Change the type of %(num)s participant?",
                "Change the type of %(num)s participants?",
                n,
            ),
            foresee=consequences.of_type,
            do=deeds.set_types,
            asks="type_code",
        ),
        Deed(
            code="limit",
            label=_("Limit the meetings"),
            title=lambda n: ngettext(
                "Limit the meetings of %(num)s participant?",
                "Limit the meetings of %(num)s participants?",
                n,
            ),
            foresee=consequences.of_limit,
            do=deeds.set_limits,
            asks="most",
        ),
        Deed(
            code="link",
            label=_("Send a sign-in link"),
            title=lambda n: ngettext(
                "Send a sign-in link to %(num)s participant?",
                "Send a sign-in link to %(num)s participants?",
                n,
            ),
            foresee=consequences.of_link,
            do=lambda session, event, ids, _value: deeds.send_links(session, event, ids),
        ),
        Deed(
            code="delete",
            label=_("Delete"),
            title=lambda n: ngettext(
                "Delete %(num)s participant?", "Delete %(num)s participants?", n
            ),
            foresee=consequences.of_deletion,
            do=lambda session, event, ids, _value: deeds.delete_people(session, event, ids),
            is_grave=True,
        ),
    )
}


def offer(deed: Deed) -> None:
    """A deed of a feature above; what cannot be undone stays last."""
    last = DEEDS.pop("delete")
    DEEDS[deed.code] = deed
    DEEDS[last.code] = last
