"""Zones and the way dates and times are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from matchmaker import clock
from matchmaker.config import Misconfigured

CASABLANCA = "Africa/Casablanca"


def test_morocco_is_on_utc_all_year_since_september_2026() -> None:
    clock.check_zone_tables()
    for month in (3, 7, 11):
        wall = datetime(2027, month, 1, 9, 0)
        assert clock.instant(wall, CASABLANCA) == wall.replace(tzinfo=UTC)


def test_stale_zone_tables_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = timezone(timedelta(hours=1))
    monkeypatch.setattr(clock, "zone_of", lambda _name: stale)
    with pytest.raises(Misconfigured, match="time-zone tables are out of date"):
        clock.check_zone_tables()


def test_a_time_that_a_clock_skips_is_not_real() -> None:
    assert not clock.is_real(datetime(2027, 3, 28, 2, 30), "Europe/Brussels")
    assert clock.is_real(datetime(2027, 3, 28, 3, 30), "Europe/Brussels")


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [
        ("fr", "mercredi 14 octobre 2026", "14:20"),
        ("ar", "الأربعاء، 14 أكتوبر 2026", "14:20"),
        ("en", "Wednesday, 14 October 2026", "14:20"),
    ],
)
def test_dates_are_written_as_people_in_morocco_write_them(
    language: str, day: str, time: str
) -> None:
    assert clock.day_text(date(2026, 10, 14), language) == day
    assert clock.time_text(datetime(2026, 10, 14, 14, 20), language) == time
