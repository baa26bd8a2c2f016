"""Two events with everything in them, and everybody who might knock at a door.

Amal and Chen take part in the forum that Dounia organises; Chen looks after a delegation there, to
which Amal and a third belong. Zora takes part in the salon that
Ester organises. Root runs the installation. What only some may see says so in its text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import cast
import pictures
import schedule_cast
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from matchmaker.accounts.access import LOGIN_KEY
from matchmaker.accounts.links import add_link
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import open_login
from matchmaker.agendas.models import MoveRequest, PrintPack
from matchmaker.agendas.services import packs_folder
from matchmaker.config import config_of
from matchmaker.database import Base, db
from matchmaker.drafts.models import Change
from matchmaker.events.models import Event, Interpreter, Membership, Slot, Zone
from matchmaker.imports.services import add_import
from matchmaker.limits.models import Pause, PauseSlot
from matchmaker.looks.models import Look, LookPicture
from matchmaker.mailings.models import Mailing
from matchmaker.mails.carriers import Folder
from matchmaker.mails.models import Mail
from matchmaker.marketplace.models import Entry
from matchmaker.notices.tickets import ticket_for
from matchmaker.notices.writing import recipient_of
from matchmaker.organisations.models import Delegation, Logo
from matchmaker.participants.drafts import begin, keep
from matchmaker.participants.models import Participant
from matchmaker.participation.models import ParticipationType, Question
from matchmaker.programme.models import ProgrammeItem
from matchmaker.schedules.models import Cancellation, Run, Version
from matchmaker.schedules.modes import set_modes
from matchmaker.segments.models import Segment
from matchmaker.spreadsheets.reading import read_paste
from matchmaker.vocabularies.models import Term

ROLES = ("nobody", "amal", "chen", "zora", "dounia", "ester", "root")
RAW_TOKEN = hashlib.sha1(b"one for the tests").hexdigest()
AMALS = "only-amal-and-her-organiser"  # stands in everything that is hers alone
FORUMS = "only-people-of-the-forum"  # stands in what the forum's people see of each other
HOSTILE = "<script>alert(1)</script>"
LOGO = pictures.png(60, 30)

Rows = dict[str, list[Any]]


@dataclass
class World:
    """The application, the cookie of each role, and the values that fill its addresses."""

    app: Flask
    cookies: dict[str, str]
    own: dict[str, str]  # of the forum, by the name of the argument
    foreign: dict[str, str]  # of the salon

    def ask(
        self, role: str, method: str, path: str, *, token: bool = True, **values: Any
    ) -> TestResponse:
        """What the role's browser gets; a fresh one each time, without memory."""
        client: FlaskClient = self.app.test_client()
        client.set_cookie("matchmaker", self.cookies[role])
        form = dict(values.pop("form", {}))
        if method == "POST":
            values["data"] = form | ({"csrf_token": self._token()} if token else {})
        return client.open(path, method=method, buffered=True, **values)

    def rows(self) -> Rows:
        """The whole database, without the stamps that every change of the catalogue renews."""
        with self.app.app_context():
            tables = Base.metadata.sorted_tables
            return {
                table.name: sorted(map(tuple, db.session.execute(select(table))), key=repr)
                for table in tables
                if table.name != "document_stamp"
            }

    def restore(self, rows: Rows) -> None:
        """Bring the database back to these rows."""
        with self.app.app_context():
            for table in reversed(Base.metadata.sorted_tables):
                db.session.execute(delete(table))
            for table in Base.metadata.sorted_tables:
                names = [column.name for column in table.columns]
                if rows.get(table.name):
                    filled = [dict(zip(names, row, strict=True)) for row in rows[table.name]]
                    db.session.execute(insert(table), filled)
            db.session.commit()

    def _token(self) -> str:
        signer = URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token")
        return str(signer.dumps(RAW_TOKEN))


def make_world(app: Flask) -> World:
    with app.app_context():
        session = db.session
        own, forum = _make_event(session, "forum", "dounia", ("amal", "chen"))
        foreign, _salon = _make_event(session, "salon", "ester", ("zora", "yara"))
        accounts = _accounts(session)
        for values, account in ((own, accounts["amal"]), (foreign, accounts["zora"])):
            values["token"] = add_link(session, account)
            values["ticket"] = _ticket(session, values)
            values["letter_id"] = _send_letter(app, account)
        own["import_id"] = _import(session, forum, accounts["dounia"])
        foreign["import_id"] = _import(session, _salon, accounts["ester"])
        _print_pack(app, session, own), _print_pack(app, session, foreign)
        cookies = {role: cookie_of(app, session, accounts.get(role)) for role in ROLES}
        session.commit()
    return World(app, cookies, own, foreign)


def _dress(session: Session, event: Event, organisation_id: str) -> None:
    logo = Logo(event_id=event.id, organisation_id=organisation_id, picture=b"PNG", digest="1")
    session.add(logo)
    session.add(Look(event_id=event.id, colour="#7a1fa2", footers={"en": "Sponsors"}))
    session.add(LookPicture(event_id=event.id, picture=LOGO, small=LOGO, digest="1"))


def _make_event(
    session: Session, slug: str, organiser: str, names: tuple[str, str]
) -> tuple[dict[str, str], Event]:
    event = cast.make_event(session, slug)
    _make_lists(session, event, slug)
    set_modes(session, event, "both", {})
    slots = cast.make_slots(session, event, 3, f"{slug}-am")
    session.add_all(
        Zone(event_id=event.id, id=f"{slug}-{part}", names={"en": f"{part.title()} of {slug}"})
        for part in ("hall", "foyer")
    )
    session.flush()
    place = cast.make_place(session, event, f"{slug}-T1", zone_id=f"{slug}-hall")
    cast.make_place(session, event, f"{slug}-T2")
    session.add(Delegation(event_id=event.id, id=f"{slug}-team", code="C1", names={"en": "Team"}))
    _make_beside(session, event, slots)
    session.add(
        Interpreter(event_id=event.id, id=f"{slug}-voice", name="Voice", languages=["fr", "en"])
    )
    shared = FORUMS if slug == "forum" else "people-of-another-event"
    organisation = cast.make_organisation(session, event, f"{shared} {HOSTILE}")
    _dress(session, event, organisation.id)
    host = cast.make_organiser(session, event, organiser.title())
    helper = cast.make_account(session, f"Helper-of-{slug}")
    session.add(Membership(account_id=helper.id, event_id=event.id, role="desk"))
    people = [
        cast.make_participant(
            session,
            event,
            name.title(),
            cast.make_account(session, name.title()),
            last_name=shared,
            phone=f"{AMALS}-phone" if name == "amal" else "",
            organisation_id=organisation.id,
            consent_version=event.consent_version,
            consent_at=event.created_at,
        )
        for name in names
    ]
    third = cast.make_participant(
        session, event, f"Third-{slug}", consent_version="1", consent_at=event.created_at
    )
    asked = cast.make_wish(session, people[1], people[0], "like", id=f"{slug}-asked")
    cast.make_wish(
        session, people[0], third, "top", message=f"{AMALS}-message" if slug == "forum" else ""
    )
    entry = Entry(event_id=event.id, id=f"{slug}-entry", author_id=people[0].id, kind="offer",
                  title=f"{shared} {HOSTILE}", language="fr")  # fmt: skip
    session.add(entry)
    run = Run(event_id=event.id, id=f"{slug}-run", state="done", created_by=host.id)
    session.add_all((run, _segment(event), _scenario(event)))
    _make_led(session, event, people[1], [people[0], third])
    draft = _empty(session, event, run)
    meeting = {"people": [people[0].id, third.id], "slot": slots[0].id, "place": place.id}
    version = _publish(session, event, people, meeting)
    values = {
        "event_id": event.id,
        "slug": slug,
        "session_id": f"{slug}-am",
        "zone_id": f"{slug}-foyer",
        "place_id": f"{slug}-T2",
        "interpreter_id": f"{slug}-voice",
        "pause_id": f"{slug}-lunch",
        "item_id": f"{slug}-talk",
        "delegation_id": f"{slug}-team",
        "organisation_id": organisation.id,
        "type_id": f"{slug}-buyer",
        "step": "times",
        "question_id": f"{slug}-text",
        "term_id": session.scalars(
            select(Term.id).where(Term.event_id == event.id, Term.code == "water")
        ).one(),
        "participant_id": people[0].id,
        "wish_id": asked.id,
        "entry_id": f"{slug}-entry",
        "segment_id": f"{slug}-segment",
        "export": "everything",
        "ending": "json",
        "run_id": run.id,
        "version_id": version.id,
        "other_id": draft.id,
        "draft_id": _draft(session, version, meeting).id,
        "account_id": helper.id,
        "role": "desk",
        "kind": "participants",
        "number": "0",
        "language": "fr",
        "secret": people[0].agenda_secret,
        "draft_token": _begin(session, event),
        "meeting_id": name_of(meeting),
        "move_id": f"{slug}-move",
        "mailing_id": f"{slug}-mailing",
        "act_id": f"{slug}-act",
    }
    return values, event


def _make_led(
    session: Session, event: Event, leader: Participant, people: list[Participant]
) -> None:
    """A delegation with somebody who looks after it."""
    delegation_id = f"{event.slug}-guests"
    names = {"en": f"Guests {HOSTILE}"}
    session.add(Delegation(event_id=event.id, id=delegation_id, code="C2", names=names))
    session.flush()
    key = {"event_id": event.id, "account_id": leader.account_id, "role": "delegation"}
    session.add(Membership(delegation_id=delegation_id, **key))
    for person in people:
        person.delegation_id = delegation_id
    session.flush()


def _make_beside(session: Session, event: Event, slots: list[Slot]) -> None:
    _make_pause(session, event, slots[2].id)
    _make_talk(session, event, slots)


def _make_pause(session: Session, event: Event, slot_id: str) -> None:
    """By choice, and nobody has chosen it."""
    pause_id = f"{event.slug}-lunch"
    session.add(Pause(event_id=event.id, id=pause_id, names={"en": "Lunch"}, by_choice=True))
    session.flush()
    session.add(PauseSlot(event_id=event.id, pause_id=pause_id, slot_id=slot_id))


def _make_talk(session: Session, event: Event, slots: list[Slot]) -> None:
    """To sign up for, after the meetings; nobody has."""
    last = slots[-1].ends_at
    times = {"starts_at": last, "ends_at": last + timedelta(minutes=30)}
    session.add(
        ProgrammeItem(
            event_id=event.id, id=f"{event.slug}-talk", kind="workshop", attendance="sign_up",
            titles={"en": f"Talk of {event.slug}"}, speakers=HOSTILE, places=1, **times,
        )
    )  # fmt: skip


def _scenario(event: Event) -> Run:
    """Of a set-up with a table more, stopped before it was solved."""
    varied = {"name": "More", "slot_minutes": None, "tables": 1, "without": []}
    return Run(event_id=event.id, id=f"{event.slug}-scenario", state="cancelled", scenario=varied)


def _empty(session: Session, event: Event, run: Run) -> Version:
    """What a run made that placed nothing."""
    version = Version(event_id=event.id, id=f"{event.slug}-draft", run_id=run.id)
    session.add(version)
    session.flush()
    schedule_cast.write_files(session, event, version)
    return version


def _segment(event: Event) -> Segment:
    name = f"Confirmed of {event.slug}"
    filter_ = {"state": ["validated"]}
    return Segment(
        event_id=event.id, id=f"{event.slug}-segment", name=name, name_key="c", filter=filter_
    )


def _publish(
    session: Session, event: Event, people: list[Participant], meeting: dict[str, Any]
) -> Version:
    """The first has a meeting and has cancelled another; the second asks to move the first's."""
    version = cast.make_version(session, event, [meeting])
    schedule_cast.write_files(session, event, version)
    first, second = people
    session.add(Cancellation(event_id=event.id, id=f"{event.slug}-act", participant_id=first.id))
    question = {"asker_id": second.id, "answerer_id": first.id, "meeting_id": name_of(meeting)}
    session.add(MoveRequest(event_id=event.id, id=f"{event.slug}-move", **question))
    texts = {"subjects": {"fr": "buyer"}, "bodies": {"fr": "{name}"}}
    session.add(Mailing(event_id=event.id, id=f"{event.slug}-mailing", **texts))
    session.flush()
    return version


def name_of(meeting: dict[str, Any]) -> str:
    return "~".join(sorted(meeting["people"]))


def _draft(session: Session, base: Version, meeting: dict[str, Any]) -> Version:
    """The same, open for changes by hand."""
    draft = Version(event_id=base.event_id, id=f"{base.id}-by-hand", base_id=base.id, revision=0)
    draft.problem = base.problem
    session.add(draft)
    session.flush()
    cast.book(session, draft, **meeting)
    session.add(Change(event_id=base.event_id, version_id=draft.id, number=0, kind="open"))
    key = {"event_id": base.event_id, "draft_id": draft.id, "draft_revision": 0, "state": "done"}
    session.add(Run(id="forum-draft-run", **key))
    session.flush()
    return draft


def _make_lists(session: Session, event: Event, slug: str) -> None:
    """A few terms are enough here: the database is put back hundreds of times."""
    more = Term.position > 2, Term.code != "water"
    session.execute(delete(Term).where(Term.event_id == event.id, *more))
    session.add_all(
        ParticipationType(event_id=event.id, id=f"{slug}-{code}", code=code, names={"en": code})
        for code in ("buyer", "visitor")
    )
    session.add_all(
        Question(event_id=event.id, id=f"{slug}-{kind}", kind=kind, labels={"en": "buyer"})
        for kind in ("text", "yes_no")
    )
    session.flush()


def _accounts(session: Session) -> dict[str, Account]:
    cast.make_account(session, "Root", is_admin=True)
    return {account.name.lower(): account for account in session.scalars(select(Account))}


def _send_letter(app: Flask, account: Account) -> str:
    letter = Mail(id=f"letter{account.id}", address=account.email, subject="S", body="B")
    letter.created_at = account.created_at
    letter.language = "fr"
    with Folder(config_of(app)) as folder:
        folder.carry(letter)
    return letter.id


def _begin(session: Session, event: Event) -> str:
    """A registration that is under way."""
    draft, token = begin(session, event)
    keep(session, draft, "person", {"email": "new@people.example", "language": "en"})
    return token


def _ticket(session: Session, values: dict[str, str]) -> str:
    person = recipient_of(session, values["event_id"], values["participant_id"])
    assert person
    return ticket_for(person, ["request"])


def _import(session: Session, event: Event, account: Account) -> str:
    table = read_paste("E-mail\tFirst name\tLast name\nnew@people.example\tNew\tPerson\n")
    row = add_import(
        session, event, account, kind="participants", table=table, file_name="people.xlsx"
    )
    return row.id


def _print_pack(app: Flask, session: Session, values: dict[str, str]) -> None:
    name = f"{values['slug']}.pdf"
    folder = packs_folder(config_of(app))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"%PDF-1.7")
    pack = PrintPack(event_id=values["event_id"], state="done", version_number=1, file_name=name)
    pack.id = values["pack_id"] = f"{values['slug']}-pack"
    session.add(pack)


def cookie_of(app: Flask, session: Session, account: Account | None) -> str:
    content = {"csrf_token": RAW_TOKEN}
    if account:
        content[LOGIN_KEY] = open_login(session, account)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps(content))
