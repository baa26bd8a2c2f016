"""Who has signed up for an item, as organisers see and change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.events.access import helper
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Span, meeting_times
from matchmaker.participants.queries import SOURCES, Line, find_lines, find_people
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.queries import overlap, signed_up
from matchmaker.programme.signing import put_down, strike_out
from matchmaker.programme.views.blueprint import bp, item_or_404
from matchmaker.programme.words import zone_names

PEOPLE = "/organise/<event_id>/set-up/programme/<item_id>/people"
MOST_FOUND = 20


@bp.route(PEOPLE)
@helper
def people(event_id: str, item_id: str) -> ResponseReturnValue:
    """With a search for whom to sign up."""
    item = item_or_404(item_id)
    attending, waiting = (signed_up(db.session, item, state) for state in ("attends", "waits"))
    q = request.args.get("q", "").strip()[:200]
    return render_template(
        "programme/people.html",
        item=item,
        attending=_lines(attending),
        waiting=_lines(waiting, in_order=True),
        q=q,
        found=_found(q, {row.id for row in attending}) if q else (),
        zones=zone_names(db.session, event_id),
    )


@bp.route(f"{PEOPLE}/<participant_id>", methods=["POST"])
@helper
def add(event_id: str, item_id: str, participant_id: str) -> ResponseReturnValue:
    item, person = item_or_404(item_id), _person_or_404(participant_id)
    collisions = _collisions(item, person)
    if collisions and request.form.get("sure") != "yes":
        return render_template(
            "programme/add.html", item=item, person=person, collisions=collisions
        )
    return _done(
        item, lambda: put_down(db.session, g.event, item.id, person), _("Signed up, and told.")
    )


@bp.route(f"{PEOPLE}/<participant_id>/remove", methods=["POST"])
@helper
def strike(event_id: str, item_id: str, participant_id: str) -> ResponseReturnValue:
    item, person = item_or_404(item_id), _person_or_404(participant_id)
    return _done(
        item, lambda: strike_out(db.session, g.event, item.id, person), _("Taken out, and told.")
    )


def _done(item: ProgrammeItem, deed: Callable[[], None], said: str) -> ResponseReturnValue:
    try:
        deed()
        db.session.commit()
        flash(said)
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    return redirect(url_for(".people", event_id=g.event.id, item_id=item.id))


def _collisions(item: ProgrammeItem, person: Participant) -> list[Span]:
    """Their meetings at the same time."""
    times = meeting_times(db.session, g.event, person)
    return [(starts, ends) for starts, ends in times if overlap(item, starts, ends)]


def _found(q: str, there: set[str]) -> list[Line]:
    validated = Participant.state == "validated"
    columns = (SOURCES["last_name"], SOURCES["first_name"], SOURCES["email"],
               SOURCES["organisation"])  # fmt: skip
    ids = find_people(db.session, g.event.id, validated, q=q, within=columns)
    return find_lines(db.session, g.event.id, [id_ for id_ in ids if id_ not in there][:MOST_FOUND])


def _lines(rows: Sequence[Participant], *, in_order: bool = False) -> list[Line]:
    """By name, or in the order given."""
    lines = find_lines(db.session, g.event.id, [row.id for row in rows])
    if not in_order:
        return lines
    place = {row.id: number for number, row in enumerate(rows)}
    return sorted(lines, key=lambda line: place[line.id])


def _person_or_404(participant_id: str) -> Participant:
    return db.session.get(Participant, (g.event.id, participant_id)) or abort(404)
