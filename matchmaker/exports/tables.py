"""The tables of an export: what an import reads again, and what is only for reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event, Interpreter
from matchmaker.exports.cells import Writer
from matchmaker.exports.setup import columns_of, rows_of_setup
from matchmaker.imports.columns import Known
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.meeting_columns import COLUMNS as MEETING
from matchmaker.imports.people.columns import ORGANISATION, PERSON
from matchmaker.imports.people.loading import load_present
from matchmaker.imports.people.present import Person, Present
from matchmaker.imports.remembering import Ledger
from matchmaker.imports.surroundings import Surroundings, look_around
from matchmaker.languages import pick
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import erased_reference
from matchmaker.programme.queries import items_of, signed_up
from matchmaker.schedules.queries import meetings_of, published_version
from matchmaker.wishes.models import Wish

Row = Sequence[str]


@dataclass(frozen=True)
class Table:
    """``name`` is the kind of list; ``title`` what a sheet of it is called. ``is_whole``: what is
    empty is said to be empty.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Sequence[Row]
    is_whole: bool = False


class Source:
    """What an event has, read once for all its tables."""

    def __init__(self, session: Session, event: Event, language: str) -> None:
        self.session, self.event, self.language = session, event, language
        self.around: Surroundings = look_around(session, event)
        self.present: Present = load_present(session, self.around, Ledger())
        self.writer = Writer(self.around, language)

    def people(self) -> Iterator[Person]:
        """Without the empty rows of those who were erased."""
        for person in self.present.people.values():
            if person.values["reference"] != erased_reference(person.id):
                yield person

    def key(self, id_: str) -> str:
        """By what an import finds a person again."""
        person = self.present.people.get(id_)
        return (person.values["email"] or person.values["reference"]) if person else ""


def participants(source: Source, only: Collection[str] | None = None) -> Table:
    """Everybody, or these; with what is said of their organisations."""
    columns = (*PERSON, *ORGANISATION)
    companies = source.present.companies
    rows = []
    for person in source.people():
        if only is not None and person.id not in only:
            continue
        company = companies.get(person.values["organisation"])
        own = person.values | {"organisation": company.name if company else ""}
        values = (company.values if company else {}) | own
        rows.append([source.writer.cell(c.field, values.get(c.field)) for c in columns])
    return _table(source, "participants", columns, sorted(rows, key=_by_name))


def _by_name(row: Row) -> tuple[str, str]:
    first, last = row[2], row[3]  # of PERSON
    return last.casefold(), first.casefold()


def organisations(source: Source) -> Table:
    rows = [
        [
            source.writer.cell(c.field, (company.values | {"organisation": company.name})[c.field])
            for c in ORGANISATION
        ]
        for company in source.present.companies.values()
    ]
    return _table(source, "organisations", ORGANISATION, sorted(rows))


def wishes(source: Source) -> Table:
    """In the order in which they were made, which importing them keeps."""
    names = {company.id: company.name for company in source.present.companies.values()}
    made = select(
        Wish.from_id, Wish.to_id, Wish.to_organisation_id, Wish.grade, Wish.state, Wish.message
    ).where(Wish.event_id == source.event.id)
    rows = []
    for row in source.session.execute(made.order_by(Wish.position, Wish.id)):
        wisher = source.key(row.from_id)
        target = source.key(row.to_id) if row.to_id else names.get(row.to_organisation_id, "")
        if wisher and target:
            message = row.message.replace("\r\n", "\n")
            rows.append([wisher, target, row.grade, row.state, message])
    return _table(source, "wishes", KINDS["wishes"].columns, rows)


def meetings(source: Source) -> Table:
    """The published schedule, a row per meeting."""
    header = [column.titles[source.language] for column in MEETING]
    version = published_version(source.session, source.event.id)
    interpreters = dict(
        source.session.execute(
            select(Interpreter.id, Interpreter.name).where(Interpreter.event_id == source.event.id)
        ).all()
    )
    rows = []
    for one in meetings_of(source.session, version) if version else ():
        first, second, *others = (*one.people, "", "")
        rows.append(
            [
                f"{one.starts_at:%Y-%m-%d}", f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}",
                one.place_code, one.room_code, *_party(source, first), *_party(source, second),
                "; ".join(source.key(id_) for id_ in others if id_),
                interpreters.get(one.interpreter_id or "", ""),
            ]
        )  # fmt: skip
    return Table("meetings", str(_("Meetings")), header, rows)


def programme(source: Source, only: str = "") -> Table:
    """Who attends what they signed up for, and who waits; of one item, or of all."""
    header = [
        _("Day"), _("Start"), _("End"), _("Programme item"), _("First name"), _("Last name"),
        _("Organisation"), _("E-mail address"), _("Telephone"), _("State"),
    ]  # fmt: skip
    states = {"attends": str(_("signed up")), "waits": str(_("waits"))}
    rows = []
    for item in items_of(source.session, source.event.id):
        if item.attendance != "sign_up" or only not in ("", item.id):
            continue
        times = [f"{item.starts_at:%Y-%m-%d}", f"{item.starts_at:%H:%M}", f"{item.ends_at:%H:%M}"]
        title = pick(item.titles, source.language)
        for state, said in states.items():
            for person in signed_up(source.session, item, state):
                rows.append([*times, title, *_contact(source, person), said])
    return Table("programme", str(_("Programme sign-ups")), header, rows)


def _contact(source: Source, person: Participant) -> Row:
    company = source.present.companies.get(person.organisation_id or "")
    name = company.name if company else ""
    return person.first_name, person.last_name, name, person.email, person.phone


def _party(source: Source, id_: str) -> tuple[str, str]:
    person = source.present.people.get(id_)
    company = source.present.companies.get(person.values["organisation"]) if person else None
    return source.key(id_), company.name if company else ""


def _table(source: Source, kind: str, columns: Sequence[Known], rows: Sequence[Row]) -> Table:
    header = [column.titles[source.language] for column in columns]
    return Table(kind, str(KINDS[kind].label), header, rows)


def every_table(source: Source) -> list[Table]:
    """People first: importing them in this order, each finds what it names."""
    people = [participants(source), organisations(source), wishes(source), meetings(source)]
    return [*people, programme(source), *setup_tables(source)]


def setup_tables(source: Source) -> list[Table]:
    """The set-up as it is kept, a table per kind of row, with the names of its columns. Where
    there are no rows, it says so: what a file leaves out, an import leaves as it is.
    """
    found = rows_of_setup(source.session, source.event)
    return [
        Table(name, name, _header(name, rows), [list(row.values()) for row in rows], is_whole=True)
        for name, rows in found.items()
    ]


def _header(name: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    return list(rows[0]) if rows else columns_of(name)
