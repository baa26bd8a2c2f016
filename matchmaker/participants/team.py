"""Colleagues: who belongs to an organisation's team, who manages it, who acts for whom.

Whoever says that they come from an organisation which has people already is let in by one of
them: nobody sees or does anything in another's name by a claim. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.journal.services import note
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant

TAKING_PART = ("registered", "validated")


def colleagues_of(session: Session, me: Participant) -> Sequence[Participant]:
    """Everybody of my organisation but me, also who only says so; managers first."""
    if me.organisation_id is None:
        return ()
    found = session.scalars(
        select(Participant)
        .where(*_of(me.event_id, me.organisation_id), Participant.id != me.id)
        .order_by(Participant.last_name, Participant.first_name, Participant.id)
    )
    order = {"manager": 0, "member": 1, "applicant": 2}
    return sorted(found, key=lambda person: order[person.team_role])


def has_manager(session: Session, event_id: str, organisation_id: str) -> bool:
    managers = select(Participant.id).where(
        *_of(event_id, organisation_id), Participant.team_role == "manager"
    )
    return session.scalar(managers.limit(1)) is not None


def leads(session: Session, me: Participant) -> bool:
    """Who decides for the team: its managers; everybody in it where there is none yet."""
    if me.organisation_id is None or me.state != "validated" or me.team_role == "applicant":
        return False
    return me.team_role == "manager" or not has_manager(session, me.event_id, me.organisation_id)


def may_act_for(me: Participant, other: Participant) -> bool:
    """A confirmed colleague for another who lets colleagues act; nobody acts for themselves."""
    together = (
        me.event_id == other.event_id
        and me.organisation_id is not None
        and me.organisation_id == other.organisation_id
        and "applicant" not in (me.team_role, other.team_role)
    )
    there = me.state == "validated" and other.state in TAKING_PART
    return together and there and me.id != other.id and other.lets_act


def join(
    session: Session, person: Participant, organisation: Organisation | None, *, is_new: bool
) -> None:
    """Another organisation, as the person says: whoever makes it manages it; whoever comes to
    people that are there already is let in by them.
    """
    if organisation is not None and organisation.id == person.organisation_id:
        return
    person.team_role = "member"
    person.organisation_id = organisation.id if organisation else None
    if organisation is not None and is_new:
        person.team_role = "manager"
    elif organisation is not None and colleagues_of(session, person):
        person.team_role = "applicant"
    session.flush()


def let_in(session: Session, me: Participant, other: Participant) -> None:
    _require_lead(session, me, other)
    if other.team_role == "applicant":
        other.team_role = "member"
    session.flush()


def send_away(session: Session, me: Participant, other: Participant) -> None:
    """Not one of us: the person has no organisation any more and says another."""
    _require_lead(session, me, other)
    if other.team_role != "applicant":
        raise Refusal(_("Only the organisers take somebody out of a team."))
    other.team_role, other.organisation_id = "member", None
    session.flush()
    note(session, other.event_id, "sent_away", "participant", other.id)


def name_manager(session: Session, me: Participant, other: Participant) -> None:
    _require_lead(session, me, other)
    if other.team_role == "applicant":
        raise Refusal(_("Let this person into the team first."))
    other.team_role = "manager"
    session.flush()


def step_down(session: Session, me: Participant) -> None:
    """Manager no more; somebody else must be one."""
    others = [person for person in colleagues_of(session, me) if person.team_role == "manager"]
    if me.team_role == "manager" and not others:
        raise Refusal(_("A team needs a manager: name another one first."))
    me.team_role = "member"
    session.flush()


def note_acting(session: Session, me: Participant, other: Participant) -> None:
    """Who begins to act, and for whom: the entry is the acting person's, of the other's row."""
    if not may_act_for(me, other):
        raise Refusal(_("This colleague does not let you act for them."))
    note(session, other.event_id, "acted_for", "participant", other.id)


def note_organisers_acting(session: Session, person: Participant) -> None:
    """The same for an organiser, who needs no leave: the person reads it in their history."""
    if person.state not in TAKING_PART:
        raise Refusal(_("This participant does not take part. Confirm them first."))
    note(session, person.event_id, "acted_for", "participant", person.id)


def _require_lead(session: Session, me: Participant, other: Participant) -> None:
    same = me.event_id == other.event_id and me.organisation_id == other.organisation_id
    if not same or me.id == other.id or not leads(session, me):
        raise Refusal(_("Only a manager of your team does this."))


def _of(event_id: str, organisation_id: str) -> list[ColumnElement[bool]]:
    return [
        Participant.event_id == event_id,
        Participant.organisation_id == organisation_id,
        Participant.state.in_(TAKING_PART),
    ]
