"""The print packs of a forum: seconds and peak memory of the process that prints.

    python -m benchmarks.print_speed [--participants 5000] [--solving 10]

The demonstration forum at this size is solved for a few seconds, published, and printed the way
a worker does it, in a process of its own; reading back is not counted.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from benchmarks.ground import forum
from benchmarks.lines import line
from matchmaker import create_app
from matchmaker.agendas.models import PrintPack
from matchmaker.agendas.printing import print_one
from matchmaker.agendas.queries import agenda_of
from matchmaker.agendas.services import ask_for_pack, published_version_or_refuse
from matchmaker.agendas.sheets import agenda_sheet
from matchmaker.agendas.worker import work_off
from matchmaker.config import Config
from matchmaker.database import db
from matchmaker.demo.solving import solve_and_publish
from matchmaker.events.models import Event
from matchmaker.schedules.models import PersonBooking

KINDS = ("agendas", "cards", "walls", "desk", "meets")
GOALS = {"agendas": ("180 s", "600 MB")}  # of 5,000
SECRET = "benchmark-" + "x" * 40


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--participants", type=int, default=5_000)
    parser.add_argument("--solving", type=int, default=10)
    parser.add_argument("--instance", type=Path)
    parser.add_argument("--pack", nargs=2)
    wanted = parser.parse_args()
    if wanted.pack:
        print_pack(wanted.instance, (wanted.pack[0], wanted.pack[1]))
    else:
        prepare(wanted.participants, wanted.solving)


def prepare(participants: int, seconds: int) -> None:
    """Make, solve and publish the forum; then print it in another process, kind by kind."""
    with forum(participants) as (app, event):
        solve_and_publish(app, event.id, seconds=seconds)
        event_id = event.id
        for kind in KINDS:
            pack = ask_for_pack(db.session, db.session.get_one(Event, event_id), kind, "nobody")
            command = [sys.executable, "-m", "benchmarks.print_speed", "--pack", event_id, pack.id]
            db.session.rollback()
            subprocess.run([*command, "--instance", app.instance_path], check=True)


def print_pack(instance: Path, key: tuple[str, str]) -> None:
    app = create_app(Config(instance=instance, secret_key=SECRET, testing=True))
    with app.app_context():
        started = time.perf_counter()
        work_off(db.engine, key, instance)
        seconds = time.perf_counter() - started
        pack = db.session.get_one(PrintPack, key)
        if pack.state != "done":
            sys.exit(f"The pack is {pack.state}.")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = (instance / str(pack.file_name)).stat().st_size / 2**20
        goals = GOALS.get(pack.kind, ("", ""))
        line(f"print pack, {pack.sheets} {pack.kind}", f"{seconds:.1f} s", goals[0])
        line(f"print pack, {pack.sheets} {pack.kind}: peak memory", f"{peak:.0f} MB", goals[1])
        line(f"print pack, {pack.sheets} {pack.kind}: file", f"{size:.1f} MB", "")
        if pack.kind == "agendas":
            _print_single(pack.event_id)


def _print_single(event_id: str) -> None:
    """One participant's agenda for download, with the typesetter warm."""
    event = db.session.get_one(Event, event_id)
    version = published_version_or_refuse(db.session, event)
    agenda = agenda_of(db.session, event, version, _somebody(event_id))
    print_one("agenda", agenda_sheet(agenda), "Agenda")
    started = time.perf_counter()
    agenda = agenda_of(db.session, event, version, agenda.person.id)
    print_one("agenda", agenda_sheet(agenda), "Agenda")
    line("one agenda as PDF", f"{1000 * (time.perf_counter() - started):.0f} ms", "")


def _somebody(event_id: str) -> str:
    query = select(PersonBooking.participant_id).where(PersonBooking.event_id == event_id)
    return str(db.session.scalars(query.limit(1)).one())


if __name__ == "__main__":
    main()
