"""One person's page and one organisation's, with the buttons that grade them."""

from __future__ import annotations

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.marketplace.models import Entry
from matchmaker.marketplace.queries import shown_entries
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.profile import profile_of
from matchmaker.participants.access import participant
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import find_cards, people_of, shown_organisation
from matchmaker.wishes.about import pointed_at
from matchmaker.wishes.obstacles import obstacle_to_house, obstacles_to
from matchmaker.wishes.queries import grades_of
from matchmaker.wishes.views.blueprint import bp, turn_away


@bp.route("/events/<slug>/me/people/<participant_id>/profile")
@participant
def person(slug: str, participant_id: str) -> ResponseReturnValue:
    """Somebody who is shown; everybody else is nobody."""
    if away := turn_away():
        return away
    cards = find_cards(db.session, g.event.id, [participant_id]) or abort(404)
    return render_template(
        "wishes/person.html",
        card=cards[0],
        obstacles=obstacles_to(db.session, g.event, g.me, [participant_id]),
        grades=grades_of(db.session, g.me),
        entries=shown_entries(db.session, g.event.id, Entry.author_id == participant_id),
        pointed=pointed_at(db.session, g.event.id, g.me.id),
    )


@bp.route("/events/<slug>/me/organisations/<organisation_id>/profile")
@participant
def organisation(slug: str, organisation_id: str) -> ResponseReturnValue:
    """An organisation of somebody who is shown, or one's own."""
    if away := turn_away():
        return away
    found = shown_organisation(db.session, g.me, organisation_id) or abort(404)
    people = people_of(db.session, g.event.id, organisation_id)
    profile = profile_of(db.session, found, current_language())
    return render_template(
        "wishes/organisation.html",
        profile=profile,
        logo=_logo_url(slug, found, profile.logo),
        entries=shown_entries(
            db.session, g.event.id, Participant.organisation_id == organisation_id
        ),
        people=people,
        obstacles=obstacles_to(db.session, g.event, g.me, [card.id for card in people]),
        house_obstacle=obstacle_to_house(db.session, g.event, g.me, organisation_id),
        grades=grades_of(db.session, g.me),
    )


def _logo_url(slug: str, organisation: Organisation, digest: str | None) -> str | None:
    if digest is None:
        return None
    return url_for("participants.logo", slug=slug, organisation_id=organisation.id, v=digest)
