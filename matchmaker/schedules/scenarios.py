"""Scenarios: runs on a varied set-up, side by side on the same wishes; one can be adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.errors import Refusal
from matchmaker.events.foresight import carry_out
from matchmaker.events.models import Event, MeetingSession
from matchmaker.schedules import bridge
from matchmaker.schedules.aims import PRESETS, aim_from
from matchmaker.schedules.models import Run, Version
from matchmaker.schedules.proof import Size, sentence
from matchmaker.schedules.services import add_run, refuse_seconds, refuse_what_cannot_be
from matchmaker.schedules.shares import Shares
from matchmaker.schedules.storing import store_version
from matchmaker.schedules.variations import (
    Variation,
    carry,
    carry_for_a_try,
    variation_from,
)

MOST_TABLES = 200
SHORTEST_SLOT, LONGEST_SLOT = 5, 240
Counts = Mapping[str, int]  # meetings by person


@dataclass(frozen=True)
class Balance:
    """Who has more and who has fewer meetings than in what it is compared with, most first."""

    gain: list[tuple[str, int, int]]  # person, before, after
    lose: list[tuple[str, int, int]]

    @classmethod
    def of(cls, before: Counts, after: Counts) -> Balance:
        rows = [(p, before.get(p, 0), after.get(p, 0)) for p in {*before, *after}]
        rows.sort(key=lambda row: (-abs(row[2] - row[1]), row[0]))
        gain, lose = (row for row in rows if row[2] > row[1]), (r for r in rows if r[2] < r[1])
        return cls(list(gain), list(lose))


@dataclass(frozen=True)
class Scenario:
    """A scenario with what came of it, once it is solved."""

    run: Run

    @property
    def variation(self) -> Variation:
        return variation_from(self.run.scenario)

    @property
    def is_solved(self) -> bool:
        return "people" in self.run.outcome

    @property
    def counts(self) -> Counts:
        people: dict[str, Sequence[int]] = self.run.outcome.get("people", {})
        return {person: row[0] for person, row in people.items()}

    @property
    def sentence(self) -> str:
        told = self.run.outcome
        size = Size(told["placed"], told["asked"], told["points"], told["reached"])
        return sentence(told["goals"], size, keeps=bool(told["kept"]))

    def value(self, goal: str) -> Any:
        rows = self.run.outcome.get("goals", [])
        return next((row["value"] for row in rows if row["goal"] == goal), None)


def start_scenario(
    session: Session,
    event: Event,
    variation: Variation,
    *,
    seconds: int,
    account: Account | None = None,
) -> Run:
    """Waits for a worker, committed. The set-up stays as it is."""
    refuse_seconds(seconds)
    refuse_what_cannot_be(session, event)
    _refuse(session, event, variation)
    run = Run(
        event_id=event.id,
        wanted="nobody_without",
        settings=PRESETS["nobody_without"].as_row(),
        seconds=seconds,
        scenario=variation.as_row(),
        created_by=account.id if account else None,
    )
    return add_run(session, run)


def _refuse(session: Session, event: Event, variation: Variation) -> None:
    if not variation.name.strip():
        raise Refusal(_("Give the scenario a name."))
    length = variation.slot_minutes
    if length is not None and not SHORTEST_SLOT <= length <= LONGEST_SLOT:
        raise Refusal(_("A slot takes from 5 to 240 minutes."))
    if not 0 <= variation.tables <= MOST_TABLES:
        raise Refusal(_("Give the number of tables more: from 0 to 200."))
    own = select(MeetingSession.id).where(MeetingSession.event_id == event.id)
    known, without = set(session.scalars(own)), set(variation.without)
    if without - known:
        raise Refusal(_("There is no such session any more. Load the page again."))
    if without == known:
        raise Refusal(_("Leave at least one session."))
    if not (without or variation.tables or length not in (None, event.slot_minutes)):
        raise Refusal(_("This is the set-up as it is: change something of it."))


def try_out(session: Session, event: Event, run: Run) -> tuple[str, str, dict[str, str]]:
    """The problem of the scenario, its hash, and the codes of new tables. All is taken back."""
    codes = carry_for_a_try(session, event, variation_from(run.scenario))
    problem, sha256 = bridge.write_problem(session, event, aim_from(run.settings))
    session.rollback()
    return problem, sha256, codes


def scenarios_of(session: Session, event_id: str) -> list[Scenario]:
    """Newest first."""
    rows = session.scalars(
        select(Run).where(Run.event_id == event_id).order_by(Run.created_at.desc(), Run.id)
    )
    return [Scenario(run) for run in rows if run.scenario]


def counts_of(session: Session, version: Version) -> Counts:
    return {row.person: row.placed for row in Shares.of(session, version).people}


def adopt(session: Session, event: Event, run: Run) -> tuple[Version, list[str]]:
    """The set-up becomes what was tried, and the schedule a version of it; with what follows from
    that in sentences. The caller commits, or takes it back.
    """
    new: dict[str, str] = {}

    def deed() -> None:
        new.clear()
        new.update(carry(session, event, variation_from(run.scenario)))

    lines = carry_out(session, event, deed)
    ours = {code: place for place, code in new.items()}
    ids = {old: ours[code] for old, code in run.outcome["places"].items() if code in ours}
    problem, schedule = bridge.renamed(run.problem, run.schedule, ids)
    try:
        version = store_version(
            session, event_id=event.id, problem=problem, schedule=schedule, run_id=run.id
        )
    except (IntegrityError, KeyError):
        session.rollback()
        raise Refusal(
            _("The set-up has changed since this was tried. Try it again, then adopt it.")
        ) from None
    run.version_id = version.id
    session.flush()
    return version, lines
