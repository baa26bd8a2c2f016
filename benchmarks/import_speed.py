"""Import: seconds for two XLSX files, from their bytes to the commit.

Counts reading in the child process, matching the columns, the preview, and taking over. Writing
the files is not counted.
"""

from __future__ import annotations

import random
import time
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from benchmarks.ground import application
from benchmarks.lines import line
from matchmaker.accounts.models import Account
from matchmaker.collector import collect_seldom
from matchmaker.database import db
from matchmaker.events.models import Event, MeetingSession, Slot
from matchmaker.imports import services
from matchmaker.spreadsheets.reading import read_table
from matchmaker.spreadsheets.writing import Sheet, write_xlsx

PERSON = (
    "Email", "First name", "Last name", "Job description", "Organization name", "Phone number",
    "City", "Country", "Areas of activities", "Organization description", "Validated",
    "Reference", "Language", "Spoken languages", "Absent", "Delegation",
)  # fmt: skip
WISH = ("From", "To", "Grade", "Status", "Message")
PARTICIPANTS, WISHES = 2_000, 20_000
DAY = date(2026, 10, 14)


def main() -> None:
    files = {"participants": make_people(PARTICIPANTS), "wishes": make_wishes(PARTICIPANTS, WISHES)}
    with application() as app, app.test_request_context():
        collect_seldom()  # as the server does before it serves
        event, account = make_event(db.session)
        seconds = {
            kind: import_one(db.session, event, account, kind, data) for kind, data in files.items()
        }
    what = f"import of {PARTICIPANTS:,} participants and {WISHES:,} wishes, files to commit"
    parts = " + ".join(f"{part:.1f}" for part in seconds.values())
    line(what, f"{sum(seconds.values()):.1f} s ({parts})", "3 s")


def import_one(session: Session, event: Event, account: Account, kind: str, data: bytes) -> float:
    start = time.perf_counter()
    table = read_table(data, f"{kind}.xlsx")
    row = services.add_import(session, event, account, kind=kind, table=table, file_name=kind)
    plan = services.plan_import(session, event, row)
    counts = services.take_over(session, event, row, fingerprint=plan.fingerprint)
    assert counts["new"] == len(table.rows)
    return time.perf_counter() - start


def make_event(session: Session) -> tuple[Event, Account]:
    account = Account(email="d@x.example", email_key="d@x.example")
    event = Event(slug=f"speed-{time.time_ns()}")
    session.add_all([account, event])
    session.flush()
    start = datetime.combine(DAY, datetime.min.time()) + timedelta(hours=9)
    half_day = timedelta(hours=8)
    session.add(
        MeetingSession(
            event_id=event.id, id="day", names={"en": "Day"}, day=DAY,
            starts=start.time(), ends=(start + half_day).time(),
        )
    )  # fmt: skip
    session.flush()
    for number in range(19):
        at = start + number * timedelta(minutes=25)
        session.add(
            Slot(
                event_id=event.id, id=f"s{number}", session_id="day",
                starts_at=at, ends_at=at + timedelta(minutes=20),
            )
        )  # fmt: skip
    session.commit()
    return event, account


def make_people(count: int) -> bytes:
    rows = [
        [
            f"person{i}@forum.example", f"Prénom {i}", f"Nom {i}", "Directeur des achats",
            f"Société {i * 8 // 10}", f"+212 5 22 {i:06d}", "Casablanca", "Maroc", "Eau; Déchets",
            "Traite les eaux industrielles. " * 10, "Yes", f"P{i:05d}", "fr", "fr; ar; en",
            "2026-10-14 10:00-11:00" if i % 5 == 0 else "", f"cluster {i % 13}",
        ]
        for i in range(count)
    ]  # fmt: skip
    return write_xlsx([Sheet(name="Participants", header=PERSON, rows=rows)])


def make_wishes(people: int, count: int) -> bytes:
    chance = random.Random(1)
    pairs: dict[tuple[int, int], None] = {}
    while len(pairs) < count:
        one, other = chance.sample(range(people), 2)
        pairs[one, other] = None
    rows = [
        [
            f"person{one}@forum.example", f"person{other}@forum.example",
            chance.choice(("top", "like", "like", "never")), "accepted", "Bonjour",
        ]
        for one, other in pairs
    ]  # fmt: skip
    return write_xlsx([Sheet(name="Wishes", header=WISH, rows=rows)])


if __name__ == "__main__":
    main()
