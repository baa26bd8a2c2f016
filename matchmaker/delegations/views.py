"""My delegation: its people, where they are, and its sheet. Nothing is changed here."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from matchmaker.accounts.localisation import current_language
from matchmaker.agendas.blueprint import PDF, file_answer
from matchmaker.agendas.lists import delegation_sheet
from matchmaker.agendas.looks import look_on_paper
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.rosters import Group, group_of
from matchmaker.clock import wall_now
from matchmaker.database import db
from matchmaker.delegations.access import leader
from matchmaker.delegations.queries import LACKS, by_time, members_of
from matchmaker.languages import pick
from matchmaker.schedules.queries import published_version

bp = Blueprint("delegations", __name__)
MINE = "/events/<slug>/delegation"


@bp.route(f"{MINE}/")
@leader
def mine(slug: str) -> ResponseReturnValue:
    """Its people and how far each is; all, or those who lack one thing."""
    group, is_published = _published()
    agendas = (group.people if group else ()) if is_published else None
    members = members_of(db.session, g.delegation, agendas)
    asked = request.args.get("lacks", "")
    wanted = asked if asked in LACKS else ""
    return render_template(
        "delegations/mine.html",
        group=group,
        is_published=is_published,
        members=members,
        shown=[one for one in members if not wanted or wanted in one.lacks],
        wanted=wanted,
        lacks=LACKS,
        lacking=Counter(code for one in members for code in one.lacks),
        meetings=len({row.id for one in members for row in one.meetings}),
        wall=wall_now(g.event.zone),
    )


@bp.route(f"{MINE}/day")
@leader
def day(slug: str) -> ResponseReturnValue:
    """Slot by slot: who is where, and with whom."""
    group, is_published = _published()
    days = by_time(group.people) if group else []
    wall = wall_now(g.event.zone)
    ahead = [times for _day, of_day in days for times in of_day if times.ends_at > wall]
    return render_template(
        "delegations/day.html",
        group=group,
        is_published=is_published,
        days=days,
        next=ahead[0] if ahead else None,
        wall=wall,
    )


@bp.route(f"{MINE}.pdf")
@leader
def sheet(slug: str) -> ResponseReturnValue:
    """The sheet of the print centre, in the leader's language."""
    group = _published()[0] or abort(404)
    language = current_language()
    title = pick(g.delegation.names, language) or g.delegation.code
    look = look_on_paper(db.session, g.event.id)
    pdf = print_one("list", delegation_sheet(group, language), title, look)
    return file_answer(pdf, PDF, "delegation.pdf")


def _published() -> tuple[Group | None, bool]:
    """The delegation in the published schedule, none where nobody of it is in there; and whether
    anything is published.
    """
    version = published_version(db.session, g.event.id)
    if version is None:
        return None, False
    return group_of(db.session, g.event, version, g.delegation), True
