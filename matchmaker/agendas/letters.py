"""What participants are told of their agenda: what changed since they were told last, and no more.

What moved and moved back before anybody was told is not worth a word. While the schedule is
preliminary, people are told only of what people did: what they fixed or cancelled themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import speak
from matchmaker.agendas.agenda import Agenda, AgendaMeeting, by_day
from matchmaker.agendas.changes import Change, changes_between
from matchmaker.agendas.knowing import agenda_in, known_of, set_told
from matchmaker.agendas.looks import look_on_paper
from matchmaker.agendas.models import MoveRequest
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.queries import agenda_of
from matchmaker.agendas.services import published_agenda
from matchmaker.agendas.sheets import agenda_sheet, live_address
from matchmaker.agendas.wording import change_text, item_line, meeting_text
from matchmaker.events.models import Event
from matchmaker.languages import colon, isolate
from matchmaker.mails.enclosures import Enclosed, encloses
from matchmaker.mails.letters import Block, Items, Link
from matchmaker.mails.services import link_to, one_line
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import Passage, Recipient, writes
from matchmaker.participants.letters import event_name
from matchmaker.programme.entries import Entry as Item
from matchmaker.schedules import bridge
from matchmaker.schedules.cancelling import messages_about
from matchmaker.schedules.queries import cancelled_meetings, published_version


@writes("published", "changed")
def agenda_news(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    version = published_version(session, event.id)
    if version is None:
        return None
    told_id = known_of(session, event.id, recipient.id).told_id
    told = agenda_in(session, event, told_id, recipient.id)
    agenda = agenda_of(session, event, version, recipient.id)
    changes = changes_between(told, agenda)
    if version.is_preliminary:
        changes = _own_deeds(session, event, changes)
    else:
        set_told(session, event.id, recipient.id, version.id)
    if not changes:
        return None
    name = event_name(event, recipient)
    if told is None:
        subject = _("Your agenda for %(event)s", event=name)
        return Passage(subject, (_count(agenda), *_links(agenda)))
    subject = _("Your agenda for %(event)s has changed", event=name)
    fallen = [change.before.id for change in changes if change.kind == "fallen" and change.before]
    said = messages_about(session, event.id, fallen)
    lines = tuple(_line(change, said, recipient.language) for change in changes)
    return Passage(subject, (Items(lines), _count(agenda), *_links(agenda)))


def _own_deeds(session: Session, event: Event, changes: Sequence[Change]) -> tuple[Change, ...]:
    theirs = cancelled_meetings(session, event.id) | bridge.booked_ids(session, event.id)
    return tuple(row for row in changes if row.id in theirs)


@writes("day_before")
def day_before(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """The first day's meetings and programme, and the whole agenda as a sheet to print."""
    agenda = published_agenda(session, event, recipient.id)
    if agenda is None or agenda.edition.is_preliminary:
        return None
    entries: list[AgendaMeeting | Item] = [*agenda.meetings, *agenda.items]
    days = by_day(entries)
    if not days:
        return None
    lines = tuple(
        meeting_text(row, recipient.language)
        if isinstance(row, AgendaMeeting)
        else item_line(row, recipient.language)
        for row in days[0][1]
    )
    return Passage(
        _("Tomorrow: %(event)s", event=event_name(event, recipient)),
        (
            _count(agenda),
            Items(lines),
            *_links(agenda),
            _("The enclosed sheet is your agenda for printing."),
        ),
        enclosure={"what": "agenda", "event": event.id, "participant": recipient.id},
    )


@encloses("agenda")
def agenda_as_file(
    session: Session, enclosure: Mapping[str, Any], language: str
) -> Enclosed | None:
    """As it is when the mail leaves, in the language of the mail."""
    event = session.get(Event, enclosure["event"])
    agenda = published_agenda(session, event, enclosure["participant"]) if event else None
    if agenda is None:
        return None
    with speak(language):
        title = str(_("Agenda"))
    sheet, look = agenda_sheet(agenda, language), look_on_paper(session, enclosure["event"])
    data = print_one("agenda", sheet, title, look)
    return Enclosed("agenda.pdf", "application/pdf", data)


@writes("move_asked")
def move_asked(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    """What is still open of it, with the meetings as they are."""
    asked = _requests(session, event, notices, "open")
    agenda = published_agenda(session, event, recipient.id)
    meetings = {row.id: row for row in agenda.meetings} if agenda else {}
    lines = [
        meeting_text(meetings[row.meeting_id], recipient.language)
        + (f". {isolate(one_line(row.message))}" if row.message.strip() else "")
        for row in asked
        if row.meeting_id in meetings
    ]
    if not lines:
        return None
    link = link_to("agendas.answer_move", slug=event.slug, move_id=asked[0].id)
    return Passage(
        _("Can this meeting move? %(event)s", event=event_name(event, recipient)),
        (Items(tuple(lines)), Link(_("See the times and answer"), link)),
    )


@writes("move_answered")
def move_declined(
    session: Session, event: Event, recipient: Recipient, notices: Sequence[Notice]
) -> Passage | None:
    declined = _requests(session, event, notices, "declined")
    agenda = published_agenda(session, event, recipient.id)
    meetings = {row.id: row for row in agenda.meetings} if agenda else {}
    lines = [
        meeting_text(meetings[row.meeting_id], recipient.language)
        for row in declined
        if row.meeting_id in meetings
    ]
    if not lines:
        return None
    return Passage(
        _("The meeting stays where it is: %(event)s", event=event_name(event, recipient)),
        (Items(tuple(lines)), Link(_("My agenda"), link_to("agendas.mine", slug=event.slug))),
    )


def _requests(
    session: Session, event: Event, notices: Sequence[Notice], state: str
) -> list[MoveRequest]:
    ids = [notice.about["request"] for notice in notices]
    rows = select(MoveRequest).where(
        MoveRequest.event_id == event.id, MoveRequest.id.in_(ids), MoveRequest.state == state
    )
    return list(session.scalars(rows.order_by(MoveRequest.created_at)))


def _line(change: Change, said: Mapping[str, str], language: str) -> str:
    """With what the partner said who cancelled."""
    text = change_text(change, language)
    message = said.get(change.before.id, "") if change.before else ""
    return text + colon(language) + isolate(one_line(message)) if message.strip() else text


def _count(agenda: Agenda) -> str:
    text: str = ngettext(
        "You have %(num)s meeting.", "You have %(num)s meetings.", len(agenda.meetings)
    )
    return text


def _links(agenda: Agenda) -> tuple[Block, ...]:
    number = agenda.edition.number
    return (
        Link(str(_("Your agenda, version %(number)s", number=number)), live_address(agenda.secret)),
        str(_("The link is your own: it shows your agenda without signing in.")),
    )
