"""The list of people, and the buttons that grade them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.errors import Refusal
from matchmaker.languages import language_name
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.models import Organisation
from matchmaker.paging import Page, asked_page
from matchmaker.participants.access import participant
from matchmaker.participants.filters import narrowed, offered
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import VISIBLE, find_cards, find_people
from matchmaker.wishes import services
from matchmaker.wishes.queries import grades_of
from matchmaker.wishes.views.blueprint import bp, turn_away

FILTERS = ("q", "organisation", "country", "spoken", "page")


@bp.route("/events/<slug>/me/people")
@participant
def people(slug: str) -> ResponseReturnValue:
    if away := turn_away():
        return away
    asked = {name: request.args.get(name, "") for name in FILTERS}
    found = find_people(
        db.session,
        g.event.id,
        Participant.id != g.me.id,
        *VISIBLE,
        *narrowed(asked),
        q=asked["q"],
        within=(Participant.job, Organisation.name),
    )
    grades = grades_of(db.session, g.me)
    return render_template(
        "wishes/people.html",
        page=Page.of(found, asked_page()).filled(
            lambda ids: find_cards(db.session, g.event.id, ids)
        ),
        page_url=lambda number: _list_url(slug, page=number),
        asked=asked,
        choices=_choices(),
        grades=grades,
        tops_left=_tops_left(grades),
        organisation=_organisation(asked["organisation"]),
    )


@bp.route("/events/<slug>/me/people/<participant_id>", methods=["POST"])
@participant
def grade(slug: str, participant_id: str) -> ResponseReturnValue:
    """Grade a person who is shown, or one whom I have graded before."""
    wished = db.session.get(Participant, (g.event.id, participant_id))
    if wished is None or not (_is_shown(wished) or participant_id in grades_of(db.session, g.me)):
        abort(404)
    _carry_out(services.grade, wished)
    return redirect(_back(slug, participant_id, wished.organisation_id))


@bp.route("/events/<slug>/me/organisations/<organisation_id>", methods=["POST"])
@participant
def grade_organisation(slug: str, organisation_id: str) -> ResponseReturnValue:
    organisation = db.session.get(Organisation, (g.event.id, organisation_id)) or abort(404)
    _carry_out(services.wish_organisation, organisation)
    return redirect(_back(slug, organisation_id, organisation_id))


def _carry_out(deed: Any, wished: Participant | Organisation) -> None:
    try:
        deed(
            db.session,
            g.event,
            g.me,
            wished,
            request.form.get("grade") or None,
            request.form.get("message"),
        )
    except Refusal as refusal:
        db.session.rollback()
        flash(str(refusal), "error")


def _back(slug: str, anchor: str, organisation_id: str | None) -> str:
    """To the same place of the page on which the button was."""
    page = request.args.get("on")
    if page == "mine":
        return url_for(".mine", slug=slug, _anchor=anchor)
    if page == "person":
        return url_for(".person", slug=slug, participant_id=anchor)
    if page == "organisation" and organisation_id:
        return url_for(".organisation", slug=slug, organisation_id=organisation_id, _anchor=anchor)
    return _list_url(slug, _anchor=anchor)


def _list_url(slug: str, **changed: Any) -> str:
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return url_for(".people", slug=slug, **{**kept, **changed})


def _is_shown(wished: Participant) -> bool:
    return wished.state == "validated" and wished.consent_version is not None


def _tops_left(grades: dict[str, str]) -> int:
    return max(0, int(g.event.top_limit) - list(grades.values()).count("top"))


def _choices() -> dict[str, list[tuple[str, str]]]:
    """What the filters offer, in the words of the page."""
    language = current_language()
    there = offered(db.session, g.event.id, but=g.me.id)
    return {
        "organisation": _by_name(there.organisations),
        "country": _by_name({code: country_name(code, language) for code in there.countries}),
        "spoken": _by_name({code: language_name(code, language) for code in there.spoken}),
    }


def _by_name(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda item: item[1].casefold())


def _organisation(organisation_id: str) -> Organisation | None:
    """The organisation that the list is narrowed to, if it is another one's."""
    if not organisation_id or organisation_id == g.me.organisation_id:
        return None
    return db.session.get(Organisation, (g.event.id, organisation_id))
