"""The front page, the state of the installation, and its mailbox."""

from __future__ import annotations

from datetime import datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
)
from flask.typing import ResponseReturnValue

from matchmaker.accounts.access import ARRIVES_KEY, admin, anyone, signed_in
from matchmaker.accounts.localisation import current_language
from matchmaker.config import config_of
from matchmaker.database import db
from matchmaker.events.access import desk, organiser
from matchmaker.events.queries import may_create_events
from matchmaker.home.arrival import first_page
from matchmaker.home.deed_words import action_text, table_text
from matchmaker.home.deeds import actors_of, deeds_of, names_in, tables_of
from matchmaker.home.ground import Ground
from matchmaker.home.help import help_for
from matchmaker.home.numbers import charts_of, who_meets_nobody
from matchmaker.home.progress import count, steps_of
from matchmaker.home.queries import (
    EventCard,
    attended_events,
    helped_events,
    open_events,
    organised_events,
)
from matchmaker.home.readiness import check_readiness
from matchmaker.home.troubles import troubles_of
from matchmaker.mails.mailbox import read_letter, read_letters, split_links
from matchmaker.privacy.readable import FIELDS

SHOWN = 100  # people on a page who meet nobody
bp = Blueprint("home", __name__)
bp.add_app_template_global(action_text)
bp.add_app_template_global(help_for)
bp.add_app_template_global(table_text)
bp.add_app_template_filter(lambda column: FIELDS.get(column, ""), "field_word")


@bp.route("/")
@anyone
def front() -> ResponseReturnValue:
    if (
        session.pop(ARRIVES_KEY, False)
        and g.account
        and (path := first_page(db.session, g.account))
    ):
        return redirect(path)
    mine = _mine()
    known = {card.event.id for cards in mine.values() for card in cards}
    others = [card for card in open_events(db.session) if card.event.id not in known]
    return render_template("home/front.html", open_events=others, **mine)


def _mine() -> dict[str, list[EventCard]]:
    """The events with which the account has to do, by what it does there."""
    asked = {"organised": organised_events, "attended": attended_events, "helped": helped_events}
    return {what: ask(db.session, g.account) if g.account else [] for what, ask in asked.items()}


@bp.route("/organise/")
@signed_in
def organise() -> ResponseReturnValue:
    return render_template(
        "home/organise.html", may_create=may_create_events(db.session, g.account), **_mine()
    )


@bp.route("/organise/<event_id>/")
@desk
def overview(event_id: str) -> ResponseReturnValue:
    """Where we are, what is next, what is wrong."""
    counts = count(db.session, g.event.id)
    ground = Ground(db.session, g.event)
    return render_template(
        "home/overview.html",
        counts=counts,
        steps=steps_of(counts),
        troubles=troubles_of(db.session, g.event, ground),
    )


@bp.route("/organise/<event_id>/numbers")
@desk
def numbers(event_id: str) -> ResponseReturnValue:
    """Charts, each with its table, and who meets nobody."""
    ground = Ground(db.session, g.event)
    alone = who_meets_nobody(ground) if ground.version else []
    return render_template(
        "home/numbers.html",
        charts=charts_of(db.session, g.event, ground, current_language()),
        alone=alone[:SHOWN],
        others=len(alone) - SHOWN,
        is_published=ground.version is not None,
    )


@bp.route("/organise/<event_id>/log")
@organiser
def log(event_id: str) -> ResponseReturnValue:
    """Who did what: the journal in words."""
    asked = {name: request.args.get(name, "") for name in ("actor", "table")}
    deeds, before = deeds_of(
        db.session,
        event_id,
        actor_id=asked["actor"],
        table=asked["table"],
        before=request.args.get("before", type=datetime.fromisoformat),
    )
    return render_template(
        "home/log.html",
        asked=asked,
        deeds=deeds,
        before=before,
        actors=actors_of(db.session, event_id),
        tables=tables_of(db.session, event_id),
        names=names_in(db.session, event_id, deeds),
    )


@bp.route("/health")
@anyone
def health() -> ResponseReturnValue:
    """The process lives and answers."""
    return jsonify(state="ok")


@bp.route("/ready")
@anyone
def ready() -> ResponseReturnValue:
    parts = check_readiness(db.session)
    return jsonify(parts), 200 if all(parts.values()) else 503


@bp.route("/mailbox")
@admin
def mailbox() -> ResponseReturnValue:
    """Only where mails go into a folder; a mail server's mails are nobody's to read here."""
    config = config_of(current_app)
    if config.smtp_host:
        abort(404)
    return render_template("home/mailbox.html", letters=read_letters(config.mails))


@bp.route("/mailbox/<letter_id>")
@admin
def letter(letter_id: str) -> ResponseReturnValue:
    config = config_of(current_app)
    found = None if config.smtp_host else read_letter(config.mails, letter_id)
    if found is None:
        abort(404)
    pieces = split_links(found.body, config.base_url)
    return render_template("home/letter.html", letter=found, pieces=pieces)
