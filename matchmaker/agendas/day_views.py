"""My day: what a participant sees of it, and does with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.accounts.localisation import current_language
from matchmaker.agendas.agenda import AgendaMeeting
from matchmaker.agendas.blueprint import bp
from matchmaker.agendas.day import MyDay, came_after, my_day, open_matters, programme_by_day
from matchmaker.agendas.deeds import do_knowingly
from matchmaker.agendas.forms import CancelForm, CannotComeForm, MoveForm, NoteForm
from matchmaker.agendas.knowing import set_seen
from matchmaker.agendas.models import MoveRequest
from matchmaker.agendas.moving import (
    accept,
    ask_to_move,
    decline,
    movable,
    take_back,
    times_for,
    ways_asked,
)
from matchmaker.agendas.notes import write_note
from matchmaker.agendas.offline import worker_answer
from matchmaker.agendas.services import published_agenda
from matchmaker.clock import short_day_text, span_text, wall_now
from matchmaker.database import db, now
from matchmaker.errors import Refusal
from matchmaker.events.access import visitor
from matchmaker.events.models import Slot
from matchmaker.forms import kept, options, outcome
from matchmaker.languages import comma
from matchmaker.notices.kinds import SETTLING
from matchmaker.participants.access import participant
from matchmaker.participants.registration import home_path
from matchmaker.schedules.cancelling import ahead, cancel_meeting, cannot_come, undo
from matchmaker.schedules.models import Cancellation
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import published_version
from matchmaker.wishes.queries import count_grades

MINE = "/events/<slug>/me/agenda"


@bp.route(MINE)
@participant
def mine(slug: str) -> ResponseReturnValue:
    """The next meeting, what has changed, all meetings, the programme, free times."""
    day = my_day(db.session, g.event, g.me, wall_now(g.event.zone), g.own)
    grades = count_grades(db.session, g.me)
    return render_template(
        "agendas/mine.html",
        day=day,
        programme=programme_by_day(db.session, g.me),
        matters=open_matters(db.session, g.event, g.me),
        wishes=grades["top"] + grades["like"],
        settling=SETTLING,
        now=now,
    )


@dataclass(frozen=True)
class AgendaLine:
    """How one's agenda stands; with meetings in it, it comes before everything else."""

    sentence: str
    has_meetings: bool = False


@bp.app_template_global("agenda_line")
def agenda_line() -> AgendaLine:
    """For the start page."""
    agenda = published_agenda(db.session, g.event, g.me.id)
    if agenda is None:
        return AgendaLine(_("When and where you meet whom. The schedule is not published yet."))
    if count := len(agenda.meetings):
        said = ngettext("%(num)s meeting is planned.", "%(num)s meetings are planned.", count)
        return AgendaLine(said, has_meetings=True)
    if came_after(agenda, g.me):
        return AgendaLine(_("The published schedule was made before you registered."))
    return AgendaLine(_("No meetings are planned for you in this version."))


@bp.route("/events/<slug>/me/agenda-worker.js")
@visitor
def worker_script(slug: str) -> ResponseReturnValue:
    """What keeps the agenda for when there is no network; it says nothing of anybody."""
    return worker_answer(url_for(".mine", slug=slug))


@bp.route(MINE + "/seen", methods=["POST"])
@participant
def seen(slug: str) -> ResponseReturnValue:
    """From now on only later changes are marked."""
    version = published_version(db.session, g.event.id)
    if version and g.own:  # what an organiser has seen, the person has not
        set_seen(db.session, g.event.id, g.me.id, version.id)
        db.session.commit()
    return redirect(url_for(".mine", slug=slug))


@bp.route(MINE + "/meetings/<meeting_id>", methods=["GET", "POST"])
@participant
def meeting(slug: str, meeting_id: str) -> ResponseReturnValue:
    """One meeting: the partner, how to reach them, one's own notes, and what can be changed."""
    day, found = _meeting_or_404(meeting_id)
    form = NoteForm(words=day.notes.get(meeting_id, ""))
    if g.own is None and form.is_submitted():
        abort(404)
    if form.validate_on_submit() and kept(
        form, lambda: write_note(db.session, g.own, meeting_id, form.words.data or "")
    ):
        flash(_("Saved."))
        return redirect(url_for(".meeting", slug=slug, meeting_id=meeting_id))
    coming = {row.id for row in ahead(db.session, g.event, g.me)}
    return render_template(
        "agendas/meeting.html",
        day=day,
        meeting=found,
        form=form,
        is_ahead=meeting_id in coming,
        now=now,
    )


@bp.route(MINE + "/meetings/<meeting_id>/cancel", methods=["GET", "POST"])
@participant
def cancel(slug: str, meeting_id: str) -> ResponseReturnValue:
    day, found = _meeting_or_404(meeting_id)
    form = CancelForm()
    if form.validate_on_submit() and kept(form, lambda: _cancel(meeting_id, form)):
        flash(_("The meeting is cancelled. Your partner is told in ten minutes."))
        return redirect(url_for(".mine", slug=slug))
    return render_template("agendas/cancel.html", day=day, meeting=found, form=form)


def _cancel(meeting_id: str, form: CancelForm) -> Cancellation:
    message = form.message.data or ""
    return do_knowingly(
        db.session,
        g.event,
        g.me,
        lambda: cancel_meeting(db.session, g.event, g.me, meeting_id, message),
    )


@bp.route("/events/<slug>/me/withdraw", methods=["GET", "POST"], endpoint="cannot_come")
@participant
def withdraw(slug: str) -> ResponseReturnValue:
    """Withdraw from the event with all meetings, after one question that says how many."""
    form = CannotComeForm()
    if g.me.state != "withdrawn" and form.validate_on_submit() and kept(form, lambda: _go(form)):
        return redirect(url_for(".mine", slug=slug))  # which says so, with the way back
    if g.me.state == "withdrawn":
        return redirect(home_path(g.event))
    meetings = ahead(db.session, g.event, g.me)
    return render_template("agendas/cannot_come.html", form=form, meetings=meetings)


def _go(form: CannotComeForm) -> Cancellation:
    return cannot_come(db.session, g.event, g.me, form.message.data or "")


@bp.route(MINE + "/undo/<act_id>", methods=["POST"])
@participant
def take_back_act(slug: str, act_id: str) -> ResponseReturnValue:
    """Within ten minutes; what cannot come back is said."""
    act = db.session.get(Cancellation, (g.event.id, act_id))
    if act is None or act.participant_id != g.me.id:
        abort(404)
    try:
        deed = do_knowingly(db.session, g.event, g.me, lambda: undo(db.session, g.event, g.me, act))
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return redirect(url_for(".mine", slug=slug))
    flash(
        ngettext("%(num)s meeting is back.", "%(num)s meetings are back.", len(deed.restored))
        if deed.restored
        else _("Taken back.")
    )
    if deed.lost:
        flash(
            ngettext(
                "%(num)s meeting could not come back: its time or place is taken meanwhile.",
                "%(num)s meetings could not come back: their time or place is taken meanwhile.",
                len(deed.lost),
            ),
            "error",
        )
    return redirect(url_for(".mine", slug=slug))


@bp.route(MINE + "/meetings/<meeting_id>/move", methods=["GET", "POST"])
@participant
def ask_move(slug: str, meeting_id: str) -> ResponseReturnValue:
    """The times at which both are free, to be put to the partner."""
    day, found = _meeting_or_404(meeting_id)
    form = MoveForm()
    form.slots.choices = options(_times(meeting_id))
    if form.validate_on_submit() and outcome(form, lambda: _ask(meeting_id, form)):
        flash(_("Your partner is asked. The meeting stays where it is until they agree."))
        return redirect(url_for(".mine", slug=slug))
    return render_template("agendas/ask_move.html", day=day, meeting=found, form=form)


def _ask(meeting_id: str, form: MoveForm) -> MoveRequest:
    slots, message = form.slots.data or [], form.message.data or ""
    return ask_to_move(db.session, g.event, g.me, meeting_id, slots, message)


def _times(meeting_id: str) -> list[tuple[str, str]]:
    version = published_version(db.session, g.event.id) or abort(404)
    try:
        movable(db.session, g.event, g.me, meeting_id)
    except Refusal:
        return []
    return _shown(times_for(db.session, g.event, version, meeting_id))


@bp.route(MINE + "/moves/<move_id>", methods=["GET", "POST"])
@participant
def answer_move(slug: str, move_id: str) -> ResponseReturnValue:
    """Choose one of the times asked for, or keep the meeting where it is."""
    asked = _request_or_404(move_id)
    if asked.answerer_id != g.me.id:
        abort(404)
    day = my_day(db.session, g.event, g.me, wall_now(g.event.zone), g.own)
    found = _meeting_in(day, asked.meeting_id) if day and asked.state == "open" else None
    form = CancelForm()
    if form.validate_on_submit() and kept(form, lambda: _answer(asked)):
        moved = asked.state == "accepted"
        flash(_("The meeting has moved.") if moved else _("The meeting stays where it is."))
        return redirect(url_for(".mine", slug=slug))
    ways = _shown(ways_asked(db.session, g.event, asked)) if found else []
    return render_template(
        "agendas/answer_move.html", day=day, meeting=found, asked=asked, ways=ways, form=form
    )


def _answer(asked: MoveRequest) -> None:
    slot = request.form.get("slot", "")
    if slot == "":
        decline(db.session, g.event, g.me, asked)
        return
    do_knowingly(db.session, g.event, g.me, lambda: accept(db.session, g.event, g.me, asked, slot))


@bp.route(MINE + "/moves/<move_id>/take-back", methods=["POST"])
@participant
def take_back_move(slug: str, move_id: str) -> ResponseReturnValue:
    try:
        take_back(db.session, g.me, _request_or_404(move_id))
        db.session.commit()
        flash(_("Taken back."))
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".mine", slug=slug))


def _request_or_404(move_id: str) -> MoveRequest:
    """One that I asked, or that was asked of me."""
    found = db.session.get(MoveRequest, (g.event.id, move_id))
    if found is None or g.me.id not in (found.asker_id, found.answerer_id):
        abort(404)
    return found


def _meeting_or_404(meeting_id: str) -> tuple[MyDay, AgendaMeeting]:
    day = my_day(db.session, g.event, g.me, wall_now(g.event.zone), g.own) or abort(404)
    return day, _meeting_in(day, meeting_id) or abort(404)


def _meeting_in(day: MyDay, meeting_id: str) -> AgendaMeeting | None:
    return next((row for row in day.agenda.meetings if row.id == meeting_id), None)


def _shown(ways: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Ids of slots with day, time and place."""
    names, language = Names(db.session, g.event.id), current_language()
    shown = []
    for way in ways:
        slot = db.session.get_one(Slot, (g.event.id, way["slot"]))
        where = [names.place(place) for place in (way["place"], way["room"]) if place]
        day = short_day_text(slot.starts_at.date(), language)
        hours = span_text(slot.starts_at, slot.ends_at, language).replace(
            "–", "–\u2060"
        )  # unbroken
        shown.append((slot.id, comma(language).join((day, hours, *where))))
    return shown
