"""The list of people."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.catalogue.cards import cards_of
from matchmaker.catalogue.explaining import explain
from matchmaker.catalogue.queries import AMONG, bookmarks_of, search_people
from matchmaker.catalogue.views.blueprint import ORDER_NAMES, asked_by, bp, found, list_url, show
from matchmaker.database import db
from matchmaker.organisations.models import Organisation
from matchmaker.participants.access import participant
from matchmaker.participants.filters import FACETS
from matchmaker.vocabularies.queries import labels_of
from matchmaker.wishes.obstacles import obstacle_to_house, obstacles_to
from matchmaker.wishes.permission import requests_left
from matchmaker.wishes.queries import grades_of
from matchmaker.wishes.views.blueprint import turn_away


@bp.route("/events/<slug>/me/people")
@participant
def people(slug: str) -> ResponseReturnValue:
    """Everybody who can be found, narrowed by words and codes."""
    if away := turn_away():
        return away
    house, among = request.args.get("organisation", ""), request.args.get("among", "")
    search = search_people(db.session, g.me, asked_by(FACETS), organisation=house, group=among)
    page = found(search, cards=lambda rows: cards_of(db.session, search, rows))
    g.labels = labels_of(db.session, g.event.id)
    organisation = _other_organisation(house)
    grades, marked = grades_of(db.session, g.me), bookmarks_of(db.session, g.me)
    return show(
        "people",
        search,
        FACETS,
        page=page,
        obstacles=obstacles_to(db.session, g.event, g.me, [row.card.id for row in page.rows]),
        house_obstacle=organisation
        and obstacle_to_house(db.session, g.event, g.me, organisation.id),
        why=explain(db.session, g.event.id, search.words, page.rows, g.labels),
        count=ngettext("%(num)s person", "%(num)s people", page.total),
        hint=_("Name, organisation, offer"),
        orders=ORDER_NAMES,
        among=among if among in AMONG else "",
        groups=_groups(len(marked)),
        chips=_chips(house, among),
        organisation=organisation,
        grades=grades,
        bookmarks=marked,
        requests_left=requests_left(db.session, g.event, g.me),
        tops_left=max(0, g.event.top_limit - list(grades.values()).count("top")),
    )


def _groups(bookmarks: int) -> list[tuple[str, str, int | None]]:
    return [
        ("", _("Everybody"), None),
        ("bookmarked", _("My bookmarks"), bookmarks),
        ("new", _("Without a wish of mine"), None),
    ]


def _chips(house: str, among: str) -> list[tuple[str, str]]:
    chips = [
        (label, list_url("people", "among"))
        for code, label, _number in _groups(0)
        if code and code == among
    ]
    if organisation := db.session.get(Organisation, (g.event.id, house)):
        chips.append((organisation.name, list_url("people", "organisation")))
    return chips


def _other_organisation(id_: str) -> Organisation | None:
    """The organisation that the list is narrowed to, if it is another one's."""
    if not id_ or id_ == g.me.organisation_id:
        return None
    return db.session.get(Organisation, (g.event.id, id_))
