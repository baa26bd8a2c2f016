"""Everything that can be printed: what it is made of, its sheets, and whose each sheet is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from matchmaker.agendas import lists, rosters
from matchmaker.agendas.rosters import Chosen
from matchmaker.agendas.sheets import Sheet, agenda_sheet, card_sheet
from matchmaker.events.models import Event
from matchmaker.schedules.models import Version

Load = Callable[[Session, Event, Version, Chosen], Sequence[Any]]


@dataclass(frozen=True)
class Print:
    """``of`` names whose a sheet is; ``by_person`` prints can be had for some people only;
    ``own_language`` ones are set in each recipient's.
    """

    kind: str
    name: Any
    about: Any
    template: str
    load: Load
    sheet: Callable[[Any, str], Sheet]
    of: Callable[[Any], str]
    by_person: bool = False
    own_language: bool = False


def _id(source: Any) -> str:
    return str(source.id)


PRINTS = {
    row.kind: row
    for row in (
        Print(
            "agendas", _("Agendas"),
            _("A sheet for each participant, sorted by name."),
            "agenda", rosters.chosen_agendas, agenda_sheet,
            lambda agenda: str(agenda.person.id), by_person=True, own_language=True,
        ),
        Print(
            "cards", _("Cards for tables and stands"),
            _("One page per place and day, with its code large and who meets there."),
            "card", rosters.cards, card_sheet, lambda card: str(card.spot.code),
        ),
        Print(
            "stands", _("Stand lists"),
            _("For those who stand there: who comes when, with job, organisation and languages."),
            "list", rosters.stands, lists.stand_sheet, lambda card: str(card.spot.code),
        ),
        Print(
            "interpreters", _("Interpreter sheets"),
            _("For each interpreter: when, where, and between whom."),
            "list", rosters.shifts, lists.interpreter_sheet, _id,
        ),
        Print(
            "delegations", _("Delegation sheets"),
            _("For whoever looks after a delegation: its people and where they meet whom."),
            "list", rosters.groups, lists.delegation_sheet, _id,
        ),
        Print(
            "walls", _("Wall plans"),
            _("Each day on A3: places against times."),
            "list", rosters.walls, lists.wall_sheet, _id,
        ),
        Print(
            "desk", _("Front desk lists"),
            _("Everybody by name, with phone and first meeting, to be ticked."),
            "list", rosters.registers, lists.desk_sheet, _id, by_person=True,
        ),
        Print(
            "meets", _("Who meets whom"),
            _("Everybody by name with their meetings, to be looked up."),
            "list", rosters.registers, lists.meets_sheet, _id, by_person=True,
        ),
    )
}  # fmt: skip


def digest_of(sheet: Sheet) -> str:
    """A fingerprint of what a sheet says; its foot, with version and time, aside."""
    said = {name: value for name, value in sheet.items() if name != "footer"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
