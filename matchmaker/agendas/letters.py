"""What participants are told of their agenda: what changed since they were told last, and no more.

What moved and moved back before anybody was told is not worth a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.agendas.agenda import Agenda, AgendaMeeting
from matchmaker.agendas.changes import Change, changes_between
from matchmaker.agendas.knowing import agenda_in, known_of, set_told
from matchmaker.agendas.queries import agenda_of
from matchmaker.agendas.sheets import live_address
from matchmaker.agendas.wording import zone_text
from matchmaker.clock import short_day_text, span_text
from matchmaker.events.models import Event
from matchmaker.languages import comma, isolate
from matchmaker.mails.letters import Block, Items, Link
from matchmaker.notices.models import Notice
from matchmaker.notices.writing import Passage, Recipient, writes
from matchmaker.participants.letters import event_name
from matchmaker.schedules.queries import published_version


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
    set_told(session, event.id, recipient.id, version.id)
    if not changes:
        return None
    name = event_name(event, recipient)
    if told is None:
        subject = _("Your agenda for %(event)s", event=name)
        return Passage(subject, (_count(agenda), *_links(agenda)))
    subject = _("Your agenda for %(event)s has changed", event=name)
    lines = tuple(change_text(change, recipient.language) for change in changes)
    return Passage(subject, (Items(lines), _count(agenda), *_links(agenda)))


def change_text(change: Change, language: str) -> str:
    """One line: what happened, when, where, with whom."""
    before = meeting_text(change.before, language) if change.before else ""
    after = meeting_text(change.after, language) if change.after else ""
    if change.kind == "new":
        return str(_("New: %(meeting)s", meeting=after))
    if change.kind == "fallen":
        return str(_("Cancelled: %(meeting)s", meeting=before))
    if change.kind == "moved":
        assert change.before is not None
        return str(
            _(
                "Moved: %(meeting)s (until now %(before)s)",
                meeting=after,
                before=_when_where(change.before, language),
            )
        )
    return str(_("Changed: %(meeting)s", meeting=after))


def meeting_text(meeting: AgendaMeeting, language: str) -> str:
    """``Wed 14 Oct, 09:20–09:40, T07 · Hall 1: Bilal Haddad (Atlas)``"""
    people = comma(language).join(
        isolate(partner.name)
        + (f" ({isolate(partner.organisation)})" if partner.organisation else "")
        for partner in meeting.partners
    )
    return f"{_when_where(meeting, language)}: {people}"


def _when_where(meeting: AgendaMeeting, language: str) -> str:
    day = short_day_text(meeting.starts_at.date(), language)
    hours = isolate(span_text(meeting.starts_at, meeting.ends_at, language))
    where = meeting.place or str(_("Online"))
    zone = zone_text(meeting.spot, language)
    place = " · ".join(isolate(part) for part in (where, zone) if part)
    return comma(language).join((day, hours, place))


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
