"""An event with slots, a stand and a table, and a language for the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cast
import pytest
from flask import Flask, g
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.events.models import Event
from matchmaker.imports import services
from matchmaker.imports.models import Import
from matchmaker.imports.plans import Plan
from matchmaker.spreadsheets.reading import Table


class Desk:
    """Dounia at her desk, importing."""

    def __init__(self, session: Session, event: Event, account: Account) -> None:
        self.session, self.event, self.account = session, event, account

    def upload(self, kind: str, header: Sequence[str], *rows: Sequence[Any]) -> Import:
        width = len(header)
        cells = tuple(
            (number, tuple(map(str, row)) + ("",) * (width - len(row)))
            for number, row in enumerate(rows, start=2)
        )
        table = Table(header=tuple(header), rows=cells)
        return services.add_import(
            self.session, self.event, self.account, kind=kind, table=table, file_name="list.xlsx"
        )

    def plan(self, kind: str, header: Sequence[str], *rows: Sequence[Any]) -> Plan:
        return services.plan_import(self.session, self.event, self.upload(kind, header, *rows))

    def take(
        self, kind: str, header: Sequence[str], *rows: Sequence[Any], **answers: Any
    ) -> dict[str, int]:
        row = self.upload(kind, header, *rows)
        return services.take_over(self.session, self.event, row, **answers)

    def sentences(
        self, kind: str, header: Sequence[str], *rows: Sequence[Any]
    ) -> list[tuple[int, str, str]]:
        """Row, column and beginning of the sentence of every fault."""
        plan = self.plan(kind, header, *rows)
        return [(fault.row, fault.column, fault.sentence) for fault in plan.faults]


@pytest.fixture
def event(session: Session) -> Event:
    event = cast.make_event(session)
    cast.make_slots(session, event, 4)
    cast.make_place(session, event, "S1", kind="stand")
    cast.make_place(session, event, "T1")
    cast.make_place(session, event, "Room", kind="online")
    session.commit()
    return event


@pytest.fixture
def desk(app: Flask, session: Session, event: Event) -> Iterator[Desk]:
    account = cast.make_organiser(session, event)
    session.commit()
    with app.test_request_context():
        g.language = "en"
        yield Desk(session, event, account)
