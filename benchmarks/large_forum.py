"""A forum of 2,000 participants and 10,000 meetings with something of everything in it: published
and published again, with a draft, a scenario, a mailing, an import that waits, a print pack.
"""

from __future__ import annotations

from datetime import time
from itertools import islice

from flask import Flask
from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.accounts.services import find_or_add_account
from matchmaker.agendas.services import ask_for_pack
from matchmaker.database import db
from matchmaker.demo.forum import FIRST_DAY, make_forum
from matchmaker.demo.loading import ORGANISER, load_demo
from matchmaker.demo.solving import solve_and_publish
from matchmaker.demo.spreadsheets import participants_file
from matchmaker.drafts.opening import open_draft
from matchmaker.events.models import Event, Slot
from matchmaker.imports.services import add_import
from matchmaker.limits.services import add_pause
from matchmaker.mailings.audience import Audience
from matchmaker.mailings.services import write_mailing
from matchmaker.organisations.models import Logo, Organisation
from matchmaker.organisations.services import find_or_add_delegation
from matchmaker.participants.models import Participant
from matchmaker.participation.questions import add_question
from matchmaker.programme.models import ProgrammeSignup
from matchmaker.programme.services import add_item
from matchmaker.schedules.cancelling import cancel_meeting
from matchmaker.schedules.models import PersonBooking, Run, Version
from matchmaker.schedules.scenarios import start_scenario
from matchmaker.schedules.variations import Variation
from matchmaker.schedules.worker import Solve
from matchmaker.segments.filters import Filter
from matchmaker.segments.services import keep_segment
from matchmaker.spreadsheets.reading import read_table

PARTICIPANTS, WISHES_EACH, SECONDS, SEED = 2000, 10.6, 60, 1
SCENARIO_SECONDS, WORKERS = 20, 2
DELEGATIONS, VISITORS = 12, 300


def make_large_forum(app: Flask) -> Event:
    """Inside the application's context."""
    event = load_demo(db.session, participants=PARTICIPANTS, seed=SEED, wishes_each=WISHES_EACH)
    account = find_or_add_account(db.session, ORGANISER)
    version = solve_and_publish(app, event.id, seconds=SECONDS)
    _furnish(event, account)
    _cancel_one(event, version)
    _try_scenario(app, event, account)
    open_draft(db.session, event, version, account.id)
    _wait_for_import(event, account)
    ask_for_pack(db.session, event, "agendas", account.id)
    db.session.commit()
    return event


def _furnish(event: Event, account: Account) -> None:
    """What an organiser has beside people and places."""
    session = db.session
    keep_segment(session, event, "French", Filter(chosen={"language": ("fr",)}))
    slots = session.scalars(select(Slot.id).where(Slot.event_id == event.id)).all()
    add_pause(session, event, names={"en": "Prayer"}, kind="prayer", slots=slots[:1], free=None,
              by_choice=True)  # fmt: skip
    add_question(session, event, "text", {
        "labels": {"en": "Diet"}, "hints": {}, "is_required": False, "audience": "organisers",
        "is_active": True, "types": (), "options": (),
    })  # fmt: skip
    write_mailing(session, event, None, subjects={"en": "News"}, bodies={"en": "Dear {name}"},
                  audience=Audience(), account_id=account.id)  # fmt: skip
    people = session.scalars(select(Participant).where(Participant.event_id == event.id)).all()
    for number in range(DELEGATIONS):
        delegation = find_or_add_delegation(session, event, f"D{number}", {"en": f"Team {number}"})
        for person in people[number :: 2 * DELEGATIONS]:
            person.delegation_id = delegation.id
    _add_logo(event)
    _add_items(event, [person.id for person in people])
    session.commit()


def _add_logo(event: Event) -> None:
    first = select(Organisation.id).where(Organisation.event_id == event.id).limit(1)
    logo = {"organisation_id": db.session.scalars(first).one(), "picture": b"PNG", "digest": "1"}
    db.session.add(Logo(event_id=event.id, **logo))


def _add_items(event: Event, people: list[str]) -> None:
    """After the meetings: one for whoever comes, and one for which hundreds have signed up."""
    day, hours = FIRST_DAY, {"starts": time(18), "ends": time(19)}
    said = {"abouts": {}, "venue": {}, "zone_id": None, "speakers": "", "types": (), "day": day}
    add_item(db.session, event, kind="plenary", titles={"en": "Closing"}, attendance="open",
             places=None, **said, **hours)  # fmt: skip
    visit = add_item(db.session, event, kind="visit", titles={"en": "Visit"}, attendance="sign_up",
                     places=None, **said, **hours)  # fmt: skip
    keys = ({"event_id": event.id, "item_id": visit.id, "participant_id": id_} for id_ in people)
    db.session.add_all(ProgrammeSignup(**key, state="attends") for key in islice(keys, VISITORS))


def _cancel_one(event: Event, version: Version) -> None:
    """The published version becomes the second."""
    booked = select(PersonBooking.participant_id, PersonBooking.meeting_id)
    of = (PersonBooking.event_id == event.id, PersonBooking.version_id == version.id)
    person_id, meeting_id = db.session.execute(booked.where(*of).limit(1)).one()
    person = db.session.get_one(Participant, (event.id, person_id))
    cancel_meeting(db.session, event, person, meeting_id)
    db.session.commit()


def _try_scenario(app: Flask, event: Event, account: Account) -> Run:
    """At once: in the queue it would wait behind the mails of the publication."""
    varied = Variation("More tables", tables=10)
    run = start_scenario(db.session, event, varied, seconds=SCENARIO_SECONDS, account=account)
    key = event.id, run.id
    db.session.commit()  # and nothing is read after it: the worker has to write
    Solve(db.engine, app.extensions["queue"], WORKERS).perform(key)
    return run


def _wait_for_import(event: Event, account: Account) -> None:
    """As many people again, looked at and not yet taken over."""
    content = participants_file(make_forum(PARTICIPANTS, SEED + 1))
    table = read_table(content, "participants.xlsx")
    add_import(db.session, event, account, kind="participants", table=table,
               file_name="participants.xlsx")  # fmt: skip
    db.session.commit()
