"""Every address of the organisers' side that can be looked at, filled for an event.

They come from the application's own map: a page that is new is asked too, and where nobody has
said what its arguments stand for, this fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from matchmaker.agendas.models import PrintPack
from matchmaker.agendas.prints import PRINTS
from matchmaker.database import Base, db
from matchmaker.events.models import Event, Interpreter, MeetingSession, Place, Zone
from matchmaker.imports.models import Import
from matchmaker.limits.models import Pause
from matchmaker.mailings.models import Mailing
from matchmaker.organisations.models import Delegation, Logo, Organisation
from matchmaker.participants.models import Participant
from matchmaker.participation.models import ParticipationType, Question
from matchmaker.programme.models import ProgrammeItem
from matchmaker.schedules.models import (
    PersonBooking,
    PlaceBooking,
    Publication,
    Run,
    UnplacedMeeting,
    Version,
)
from matchmaker.segments.models import Segment
from matchmaker.vocabularies.models import Term

FRONT = "/organise/<event_id>/"
# Made when asked for: downloads, and the whole board for the printer. Their figures are others.
FILES = {
    "agendas.agendas_as_table", "agendas.meetings_as_table", "agendas.unplaced_as_table",
    "agendas.meetings_as_calendar", "agendas.pack_file",
    "exports.file", "imports.template", "imports.faulty",
    "agendas.attendance", "paper.blank", "paper.catalogue", "paper.sheets", "organisations.logo",
    "schedules.problem_file", "schedules.schedule_file", "schedules.whole_board",
}  # fmt: skip
TABLES: dict[str, type[Base]] = {
    "delegation_id": Delegation, "interpreter_id": Interpreter,
    "item_id": ProgrammeItem,
    "mailing_id": Mailing, "pack_id": PrintPack, "pause_id": Pause, "place_id": Place,
    "question_id": Question, "segment_id": Segment, "session_id": MeetingSession,
    "term_id": Term, "type_id": ParticipationType, "zone_id": Zone,
}  # fmt: skip
KINDS = {
    "agendas.preview": tuple(PRINTS),
    "agendas.picture": ("agendas", "cards"),
    "merging.compare": ("participant", "organisation"),
    "vocabularies.show": ("sector",),
}
Value = dict[str, str]


class Addresses:
    """What stands in the addresses of one event."""

    def __init__(self, event: Event) -> None:
        self.event = event
        published = db.session.get_one(Publication, event.id).version_id
        drafts = select(Version).where(Version.event_id == event.id, Version.revision.is_not(None))
        self.draft = db.session.scalars(drafts.order_by(Version.created_at).limit(1)).one()
        person, meeting = self._first(PersonBooking.participant_id, PersonBooking.meeting_id)
        self.values = {
            "event_id": event.id,
            "version_id": str(published),
            "other_id": str(self.draft.base_id),
            "draft_id": self.draft.id,
            "participant_id": person,
            "organisation_id": self._first(Logo.organisation_id)[0],
            "meeting_id": meeting,
            "number": "0",
        }
        for name, table in TABLES.items():
            self.values[name] = self._first(table.id)[0]  # type: ignore[attr-defined]
        waiting = (Import.event_id == event.id, Import.state == "preview")
        self.values["import_id"] = db.session.scalars(select(Import.id).where(*waiting)).one()
        self.place = self._first(PlaceBooking.place_id)[0]
        self.missing = self._first(UnplacedMeeting.meeting_id)[0]
        self.runs = {bool(run.scenario): run.id for run in self._all(Run)}

    def _first(self, *columns: Any) -> tuple[Any, ...]:
        of_event = columns[0].class_.event_id == self.event.id
        return tuple(db.session.execute(select(*columns).where(of_event).limit(1)).one())

    def _all(self, table: Any) -> Any:
        return db.session.scalars(select(table).where(table.event_id == self.event.id))

    def pages(self, app: Flask) -> Iterator[tuple[str, str]]:
        """Name and address of each page, and of variants that may cost more."""
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            looks = rule.rule.startswith(FRONT) and "GET" in (rule.methods or ())
            if looks and rule.endpoint not in FILES:
                yield from self._filled(rule)

    def _filled(self, rule: Rule) -> Iterator[tuple[str, str]]:
        for more in self._others(rule.endpoint):
            values = {name: ({**self.values, **more})[name] for name in rule.arguments}
            built = rule.build(values)
            assert built is not None, rule.endpoint
            for query in self._queries(rule.endpoint, values):
                said = " ".join(filter(None, [rule.endpoint, *more.values(), query[:30]]))
                yield said, f"{built[1]}?{query}" if query else built[1]

    def _others(self, endpoint: str) -> list[Value]:
        """Arguments that stand for several things, or for another thing in this address."""
        special: dict[str, Callable[[], list[Value]]] = {
            "schedules.scenario": lambda: [{"run_id": self.runs[True]}],
            "schedules.publish_version": lambda: [{"version_id": self.draft.id}],
            "drafts.cures": lambda: [{"meeting_id": self.missing}],
            "drafts.options": lambda: [{"meeting_id": self.values["meeting_id"]}],
        }
        if endpoint in special:
            return special[endpoint]()
        kinds = KINDS.get(endpoint)
        usual = {"run_id": self.runs[False]}
        return [usual | {"kind": kind} for kind in kinds] if kinds else [usual]

    def _queries(self, endpoint: str, values: Value) -> list[str]:
        if endpoint == "merging.compare":
            return [self._pair(values["kind"])]
        person, meeting = self.values["participant_id"], self.values["meeting_id"]
        people = "by=people"
        return {
            "segments.index": ["", "q=Atlas", "language=fr", "page=20"],
            "segments.deed": [f"deed=withdrawn&ids={person}", "deed=withdrawn&scope=found"],
            "organisations.index": ["", "q=Atlas"],
            "wishes.index": ["", "q=Atlas", "page=100"],
            "schedules.board": ["", people, "by=interpreters"],
            "schedules.not_placed": ["", "page=5"],
            "drafts.board": ["", people, "by=interpreters", "q=Atlas"],
            "drafts.options": [f"meeting={meeting}", f"meeting={meeting}&{people}"],
            "drafts.news": ["seen=0"],
            "agendas.one_agenda": [f"participant={person}"],
            "agendas.one_card": [f"place={self.place}"],
        }.get(endpoint, [""])

    def _pair(self, kind: str) -> str:
        table = {"participant": Participant, "organisation": Organisation}[kind]
        one, other = [row.id for row in self._all(table)][:2]
        return f"stays={one}&goes={other}"
