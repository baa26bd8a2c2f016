"""The checks, one function each: what is wrong in a sentence, and the page that mends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.events.models import PHASES, Event
from matchmaker.events.phase_words import NAMES
from matchmaker.inspection.findings import KINDS, Check, Finding
from matchmaker.inspection.ground import Ground
from matchmaker.inspection.programme import programme
from matchmaker.languages import comma, pick


def findings(session: Session, event: Event) -> list[Finding]:
    """What contradicts first, then what is missing."""
    ground = Ground(session, event)
    found = [finding for check in CHECKS for finding in check(ground)]
    return sorted(found, key=lambda finding: KINDS.index(finding.kind))


def times(ground: Ground) -> Iterator[Finding]:
    if not ground.slots:
        yield Finding("missing", _("There is no session yet, so nobody can meet."), SESSIONS)
    elif ground.ends <= ground.now:
        yield Finding("wrong", _("All sessions are over."), SESSIONS)


def phases(ground: Ground) -> Iterator[Finding]:
    """In their order, and before the meetings."""
    rows = [ground.phases[name] for name in PHASES if name in ground.phases]
    if not rows:
        yield Finding(
            "open", _("No phase has dates: registration and wishes stay open."), "events.phases"
        )
    for one, other in pairwise(row for row in rows if row.opens_at):
        if one.opens_at > other.opens_at:
            text = _(
                "%(later)s opens before %(earlier)s.",
                later=NAMES[other.name],
                earlier=NAMES[one.name],
            )
            yield Finding("wrong", text, "events.phases")
    for row in rows:
        ends = row.name in ("registration", "wishes") and row.closes_at
        if ends and ground.ends and ends > ground.ends:
            text = _("%(phase)s closes after the last meeting.", phase=NAMES[row.name])
            yield Finding("wrong", text, "events.phases")
    shown = ground.phases.get("published")
    if shown and shown.opens_at and ground.begins and shown.opens_at >= ground.begins:
        text = _("The agendas are out only after the first meeting begins.")
        yield Finding("wrong", text, "events.phases")


def room(ground: Ground) -> Iterator[Finding]:
    if not ground.on_site:
        yield Finding("missing", _("There is no table and no stand yet."), PLACES)
    elif ground.slots and ground.room < len(ground.meetings):
        text = _(
            "There is room for %(room)s meetings at most, and %(asked)s are asked for.",
            room=ground.room,
            asked=len(ground.meetings),
        )
        yield Finding("wrong", text, "capacity.index")
    shut = [
        slot.id
        for slot in ground.slots
        if ground.on_site and all((row.id, slot.id) in ground.closed for row in ground.on_site)
    ]
    if shut:
        text = ngettext(
            "In %(num)s slot every table and stand is closed.",
            "In %(num)s slots every table and stand is closed.",
            len(shut),
        )
        yield Finding("wrong", text, PLACES)


def stands(ground: Ground) -> Iterator[Finding]:
    """Whose each is; and as many seats as its owners can use."""
    free = [row.code for row in ground.places if row.kind == "stand" and row.id not in ground.owned]
    if free:
        text = ngettext(
            "%(num)s stand belongs to nobody: %(codes)s.",
            "%(num)s stands belong to nobody: %(codes)s.",
            len(free),
            codes=_listed(free),
        )
        yield Finding("missing", text, PLACES)
    capacity = {row.id: row.capacity for row in ground.places}
    tight = [row for row in ground.people if row.place_id and row.seats > capacity[row.place_id]]
    if tight:
        text = ngettext(
            "%(num)s participant can have more meetings at once than their own place holds.",
            "%(num)s participants can have more meetings at once than their own place holds.",
            len(tight),
        )
        yield Finding("wrong", text, PLACES)


def online(ground: Ground) -> Iterator[Finding]:
    remote = sum(row.remote for row in ground.people)
    if remote and not any(row.kind == "online" for row in ground.places):
        text = ngettext(
            "%(num)s participant takes part online, and there is no online room.",
            "%(num)s participants take part online, and there is no online room.",
            remote,
        )
        yield Finding("missing", text, PLACES)


def languages(ground: Ground) -> Iterator[Finding]:
    """Meetings of two who share no language and whom no interpreter serves."""
    spoken = {row.id: frozenset(row.spoken) for row in ground.people}
    served = [frozenset(row.languages) for row in ground.interpreters]
    sides = (meeting.sides for meeting in ground.meetings)
    pairs = [(one[0], other[0]) for one, other in sides if len(one) == len(other) == 1]
    asked = Counter((spoken.get(one), spoken.get(other)) for one, other in pairs)
    mute = sum(  # thousands of meetings, a few combinations
        count
        for (one, other), count in asked.items()
        if one and other and not one & other
        if not any(one & known and other & known for known in served)
    )
    if mute:
        text = ngettext(
            "%(num)s meeting that is asked for needs an interpreter whom there is not.",
            "%(num)s meetings that are asked for need an interpreter whom there is not.",
            mute,
        )
        yield Finding("missing", text, "events.interpreters")
    for row in ground.interpreters:
        if ground.slots and ground.shifts.get(row.id, 0) >= len(ground.slots):
            text = _("%(name)s is absent in every slot.", name=row.name)
            yield Finding("wrong", text, "events.interpreters")


def types(ground: Ground) -> Iterator[Finding]:
    if ground.types and not any(row.at_registration for row in ground.types):
        text = _("No type of participation can be chosen at registration.")
        yield Finding("open", text, "participation.index")
    codes = [row.code for row in ground.types]
    for row in ground.types:
        ways = {(row.code, other) for other in codes} | {(other, row.code) for other in codes}
        if ways <= ground.barred:
            text = _(
                "%(type)s: they ask nobody and nobody asks them, so they have no meetings.",
                type=pick(row.names, current_language()),
            )
            yield Finding("wrong", text, "wishes.rules")


def requests(ground: Ground) -> Iterator[Finding]:
    rules = ground.rules
    if rules.outgoing is not None and rules.outgoing < ground.event.top_limit:
        text = _(
            "Each may name %(top)s as “top” but send %(most)s requests only.",
            top=ground.event.top_limit,
            most=rules.outgoing,
        )
        yield Finding("wrong", text, "wishes.rules")
    if rules.hours is not None and not ground.event.needs_acceptance:
        text = _("Requests expire, though nobody has to answer them: wishes of one side count.")
        yield Finding("open", text, "wishes.rules")


def presence(ground: Ground) -> Iterator[Finding]:
    """People who can meet at no time at all."""
    never = [person for person, slots in ground.free.items() if not slots]
    if ground.slots and never:
        text = ngettext(
            "%(num)s confirmed participant can meet in no slot.",
            "%(num)s confirmed participants can meet in no slot.",
            len(never),
        )
        yield Finding("wrong", text, "participants.index")


def front(ground: Ground) -> Iterator[Finding]:
    if not ground.event.venue:
        yield Finding("missing", _("The public page does not say where it takes place."), EVENT)
    if not (ground.event.contact_email or ground.event.contact_phone):
        yield Finding("missing", _("The public page does not say whom to ask."), EVENT)


def _listed(codes: list[str]) -> str:
    """In the order in which one looks for them; never one more, which has room."""
    codes = sorted(codes)
    named = codes if len(codes) <= MOST_NAMED + 1 else codes[:MOST_NAMED]
    shown = comma(current_language()).join(named)
    if named is codes:
        return shown
    return str(_("%(items)s and %(count)s more", items=shown, count=len(codes) - MOST_NAMED))


MOST_NAMED = 8
SESSIONS, PLACES, EVENT = "events.sessions", "events.places", "events.edit"
CHECKS: tuple[Check, ...] = (
    times, phases, room, stands, online, languages, types, requests, presence, front,
    programme,
)  # fmt: skip
