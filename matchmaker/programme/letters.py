"""What participants are told of items: what became of each, as it is when the mail is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.clock import short_day_text, span_text
from matchmaker.events.models import Event
from matchmaker.languages import isolate
from matchmaker.mails.letters import Block, Items, Link
from matchmaker.mails.services import link_to
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import Passage, Recipient, writes
from matchmaker.participants.letters import event_name
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import meeting_times
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.queries import overlap
from matchmaker.programme.words import item_text, zone_names


class Happening(NamedTuple):
    item: ProgrammeItem
    what: str
    state: str


@writes("programme")
def programme_news(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """One line per item, whatever happened to it in the meantime."""
    happened = _happened(session, event, recipient, notices)
    zones = zone_names(session, event.id)
    lines = [
        sentence % {"item": item_text(one.item, zones, recipient.language)}
        for one in happened
        if (sentence := _sentence(one))
    ]
    if not lines:
        return None
    link = Link(_("The programme"), link_to("programme.mine", slug=event.slug))
    return Passage(
        _("Programme of %(event)s", event=event_name(event, recipient)),
        (Items(tuple(lines)), *_collisions(session, event, recipient, happened), link),
    )


def _happened(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> list[Happening]:
    last = {notice.about["item"]: notice.about["what"] for notice in notices}
    found = []
    for item_id, what in last.items():
        item = session.get(ProgrammeItem, (event.id, item_id))
        if item is not None:
            row = session.get(ProgrammeSignup, (event.id, item_id, recipient.id))
            state = row.state if row else "left"
            found.append(Happening(item, what, "attends" if item.attendance == "all" else state))
    return sorted(found, key=lambda one: one.item.starts_at)


def _sentence(one: Happening) -> str:
    """Nothing where there is nothing left to tell."""
    if one.item.cancelled_at is not None:
        return str(_("Cancelled: %(item)s")) if one.what == "cancelled" else ""
    sentences = {
        ("removed", "left"): _("You are not signed up any more: %(item)s"),
        ("placed", "attends"): _("You had to wait and now have a place: %(item)s"),
        ("added", "attends"): _("The organisers have signed you up: %(item)s"),
        ("changed", "attends"): _("Changed: %(item)s"),
        ("changed", "waits"): _("Changed, and you wait for a place: %(item)s"),
    }
    return str(sentences.get((one.what, one.state), ""))


def _collisions(
    session: Session, event: Event, recipient: Recipient, happened: Sequence[Happening]
) -> tuple[Block, ...]:
    """The meetings at the same time as what takes place."""
    me = session.get_one(Participant, (event.id, recipient.id))
    there = [one.item for one in happened if one.state == "attends" and not one.item.cancelled_at]
    if not there:
        return ()
    lines = [
        _("You have a meeting at %(when)s.", when=_when(starts_at, ends_at, recipient.language))
        for starts_at, ends_at in meeting_times(session, event, me)
        if any(overlap(item, starts_at, ends_at) for item in there)
    ]
    if not lines:
        return ()
    cure = _("Cancel or move the meeting in your agenda, or leave the programme item.")
    return (Items(tuple(lines)), cure)


def _when(starts_at: datetime, ends_at: datetime, language: str) -> str:
    return isolate(
        f"{short_day_text(starts_at.date(), language)} {span_text(starts_at, ends_at, language)}"
    )
