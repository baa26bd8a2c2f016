"""``./run``: everything from nothing to a forum that can be looked at."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask import Flask, url_for
from sqlalchemy import func, select

from matchmaker import create_app
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import find_or_add_account
from matchmaker.database import db
from matchmaker.demo.loading import ORGANISER, load_demo
from matchmaker.demo.solving import solve_and_publish
from matchmaker.events.models import Event, Membership
from matchmaker.installation import address, set_up
from matchmaker.organisers import link_for
from matchmaker.participants.models import Participant
from matchmaker.participants.services import connect_account
from matchmaker.schedules.models import PersonBooking
from matchmaker.serving import serve

Say = Callable[[str], None]
PARTICIPANTS, SEED = 120, 1


def start_tour(*, host: str, port: int, seconds: int) -> None:
    """Set up, make the demonstration forum where there is no event yet, show it, serve."""
    app = create_app(address(set_up(), host, port))
    with app.test_request_context():
        event = db.session.scalar(select(Event).order_by(Event.created_at))
        if event is None:
            event = make_demo(
                app, participants=PARTICIPANTS, seed=SEED, seconds=seconds, say=click.echo
            )
        doors = _doors(event)
        lines = [f"As {role + ':':19}{link_for(app, mail, path)}" for role, mail, path in doors]
    lines.insert(0, f"\n{'Matchmaker:':22}{app.extensions['matchmaker'].base_url}")
    lines.append("Each link signs in once; Ctrl-C stops.\n")
    serve(app, host, port, say=lambda: click.echo("\n".join(lines)))


def make_demo(app: Flask, *, participants: int, seed: int, seconds: int, say: Say) -> Event:
    """The forum loaded, solved and published; inside the application's context."""
    say(f"Loading the demonstration forum ({participants} people) …")
    event = load_demo(db.session, participants=participants, seed=seed)
    say(f"Solving it (at most {seconds} seconds) …")
    version = solve_and_publish(app, event.id, seconds=seconds)
    wishes = next(goal for goal in version.goals["goals"] if goal["goal"] == "wishes")
    say(
        f"Published: {wishes['value']} points of wishes, no schedule reaches {wishes['bound'] + 1}."
    )
    return event


def _doors(event: Event) -> list[tuple[str, str, str]]:
    """One way in for each role: role, address, where it leads. Ends the transaction."""
    find_or_add_account(db.session, ORGANISER, name="Demo")
    doors = [("organiser", ORGANISER, url_for("home.overview", event_id=event.id))]
    if (participant := _busiest(event)) is not None:
        account = find_or_add_account(
            db.session, participant.email, name=participant.name, language=participant.language
        )
        connect_account(db.session, account)
        mine = url_for("wishes.home", slug=event.slug)
        doors.append(("participant", participant.email, mine))
    if (leader := _leader(event)) is not None:
        doors.append(("delegation leader", leader, url_for("delegations.mine", slug=event.slug)))
    db.session.commit()
    return doors


def _leader(event: Event) -> str | None:
    """The address of somebody who looks after a delegation; an older forum has nobody."""
    mine = (Membership.event_id == event.id, Membership.role == "delegation")
    of_leaders = select(Account.email).join(Membership, Membership.account_id == Account.id)
    return db.session.scalar(of_leaders.where(*mine).order_by(Account.email))


def _busiest(event: Event) -> Participant | None:
    """Somebody with an address and many meetings: there is something to see."""
    meetings = (
        select(PersonBooking.participant_id, func.count().label("count"))
        .where(PersonBooking.event_id == event.id)
        .group_by(PersonBooking.participant_id)
        .subquery()
    )
    return db.session.scalar(
        select(Participant)
        .outerjoin(meetings, meetings.c.participant_id == Participant.id)
        .where(Participant.event_id == event.id, Participant.email != "", Participant.seats == 1)
        .order_by(func.coalesce(meetings.c.count, 0).desc(), Participant.email)
    )
