"""Wall times, zones, and how dates and times are written in each language.

The ``tzdata`` package comes before the system's tables, which may be older than the law:
Morocco is on permanent UTC+00 since 2026-09-20 (tzdb 2026c).
"""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.metadata import version
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

from matchmaker.config import Misconfigured
from matchmaker.languages import comma, locale_of

zoneinfo.reset_tzpath(to=[])
ZoneInfo.clear_cache()

PROBE_ZONE, PROBE_AT = "Africa/Casablanca", datetime(2026, 11, 22, 12, 0)


def check_zone_tables() -> None:
    """Refuse stale zone tables: every agenda would be wrong by an hour, silently."""
    if PROBE_AT.replace(tzinfo=zone_of(PROBE_ZONE)).utcoffset() != timedelta(0):
        raise Misconfigured(
            f"The time-zone tables are out of date (tzdata {version('tzdata')}): "
            "install the tzdata package of 2026.3 or newer."
        )


def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Every zone an event may choose, sorted."""
    return tuple(sorted(name for name in zoneinfo.available_timezones() if "/" in name))


def is_real(wall: datetime, zone: str) -> bool:
    """Whether the wall time exists in the zone (a clock put forward skips an hour)."""
    moment = wall.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    return moment.astimezone(zone_of(zone)).replace(tzinfo=None) == wall


def instant(wall: datetime, zone: str) -> datetime:
    """The moment of a wall time."""
    return wall.replace(tzinfo=zone_of(zone)).astimezone(UTC)


def wall_now(zone: str) -> datetime:
    """The wall time now, to the minute."""
    return datetime.now(zone_of(zone)).replace(tzinfo=None, second=0, microsecond=0)


def day_text(day: date, language: str) -> str:
    """``mercredi 14 octobre 2026``"""
    return format_date(day, "full", locale=locale_of(language))


@lru_cache(maxsize=1000)
def short_day_text(day: date, language: str) -> str:
    """``mer. 14 oct.``"""
    return format_date(day, "EEE d MMM", locale=locale_of(language))


@lru_cache(maxsize=5000)
def time_text(moment: time | datetime, language: str) -> str:
    """``09:20``: twenty-four hours in every language."""
    return format_time(moment, "HH:mm", locale=locale_of(language))


def span_text(start: time | datetime, end: time | datetime, language: str) -> str:
    """``09:20–09:40``"""
    return f"{time_text(start, language)}–{time_text(end, language)}"


def moment_text(moment: datetime, zone: str, language: str) -> str:
    """Date and time of a moment in the event's zone: ``14 oct. 2026, 17:05``"""
    local = moment.astimezone(zone_of(zone))
    pattern = f"d MMM y{comma(language)}HH:mm"
    return format_datetime(local, pattern, tzinfo=local.tzinfo, locale=locale_of(language))


def wall_moment_text(wall: datetime, language: str) -> str:
    """A wall time as it stands: ``mer. 14 oct. 2026, 18:00``"""
    pattern = f"EEE d MMM y{comma(language)}HH:mm"
    return format_datetime(wall, pattern, locale=locale_of(language))
