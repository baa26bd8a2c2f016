"""How a comparison words what differs: names instead of ids."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from matchmaker.events.models import Place
from matchmaker.imports.display import state_text
from matchmaker.languages import NAMES, comma, language_name, pick
from matchmaker.merging.rows import Conflict
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.models import Delegation, Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.participation.models import Question
from matchmaker.participation.queries import type_names
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.vocabularies.queries import labels_of

NAMED: dict[str, tuple[type[Any], str]] = {
    "organisation_id": (Organisation, "name"),
    "place_id": (Place, "code"),
    "delegation_id": (Delegation, "code"),
    "from_id": (Participant, "shown_name"),
    "to_id": (Participant, "shown_name"),
    "to_organisation_id": (Organisation, "name"),
}
# Lists of which an organisation has one term, so that two can differ in it.
LISTS = {"type": _l("Type of organisation"), "size": _l("Size")}


class Wording:
    """The words of one event in one language."""

    def __init__(self, session: Session, event_id: str, language: str) -> None:
        self.session, self.event_id, self.language = session, event_id, language

    def value(self, field: str, value: Any) -> str:
        if value in (None, "", []):
            return "–"
        if field in NAMED:
            return self._named(field, value)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list):
            say = country_name if field == "target_countries" else language_name
            return comma(self.language).join(say(code, self.language) for code in value)
        if field == "type_code":
            names = type_names(self.session, self.event_id).get(value)
            return pick(names, self.language) or str(value)
        if field == "country":
            return country_name(value, self.language)
        if field == "language":
            return str(NAMES.get(value, value))
        return state_text(value) if field in ("state", "grade") else str(value)

    def about(self, conflict: Conflict) -> str:
        """Of what two rows speak."""
        row = conflict.kept
        if conflict.table == "wish":
            target = "to_id" if row["to_id"] else "to_organisation_id"
            return f"{self.value('from_id', row['from_id'])} → {self.value(target, row[target])}"
        if "question_id" in row:
            question = self.session.get_one(Question, (self.event_id, row["question_id"]))
            return pick(question.labels, self.language)
        if conflict.table == ProgrammeSignup.__tablename__:
            item = self.session.get_one(ProgrammeItem, (self.event_id, row["item_id"]))
            return pick(item.titles, self.language)
        return str(LISTS.get(row.get("kind", ""), row.get("kind", "")))

    def side(self, conflict: Conflict, row: Any) -> str:
        """What one of two rows says where they differ."""
        if conflict.table == OrganisationTerm.__tablename__:
            labels = labels_of(self.session, self.event_id)[row["kind"]]
            return pick(labels[row["code"]], self.language) or str(row["code"])
        said = (self.value(name, row[name]) for name in conflict.columns)
        return comma(self.language).join(said)

    def _named(self, field: str, value: str) -> str:
        model, name = NAMED[field]
        row = self.session.get(model, (self.event_id, value))
        return str(getattr(row, name)) if row else value
