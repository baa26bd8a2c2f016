"""The templates: what a usual kind of event begins with. Everything can be changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _

from matchmaker.database import Texts
from matchmaker.participation.services import TypeDetails


def texts(french: str, arabic: str, english: str) -> Texts:
    return {"fr": french, "ar": arabic, "en": english}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type of participation, and the numbers of the types that it asks; None: all."""

    names: Texts
    asks: tuple[int, ...] | None = None
    rules: TypeDetails = field(default_factory=lambda: TypeDetails())


@dataclass(frozen=True, kw_only=True)
class Break:
    """A pause within a session: the slots that begin within these hours, so many of them free."""

    names: Texts
    kind: str
    starts: time
    ends: time
    free: int | None = None
    by_choice: bool = False


@dataclass(frozen=True, kw_only=True)
class Template:
    title: Any
    text: Any
    days: int
    hours: tuple[tuple[Texts, time, time], ...]
    settings: dict[str, Any]
    halls: tuple[Texts, ...] = ()  # with eight minutes on foot between two of them
    tables: int
    stands: int = 0
    rooms: int = 0  # online
    kinds: tuple[Kind, ...] = ()
    mode: str = "schedule"
    request_hours: int | None = None
    in_a_row: int | None = None
    organisations_once: bool = False
    breaks: tuple[Break, ...] = ()
    closes_before: int = 7  # days before the first: no wishes after


MORNING = texts("Matin", "الصباح", "Morning")
AFTERNOON = texts("Après-midi", "بعد الزوال", "Afternoon")
PRAYER = Break(
    names=texts("Prière", "الصلاة", "Prayer"),
    kind="prayer",
    starts=time(14),
    ends=time(15),
    free=1,
    by_choice=True,
)

TEMPLATES: dict[str, Template] = {
    "brokerage": Template(
        title=_("Brokerage event"),
        text=_(
            "One day, anybody meets anybody. Requests are answered within three days; 30 tables, "
            "meetings of 20 minutes."
        ),
        days=1,
        hours=((MORNING, time(9), time(12, 30)), (AFTERNOON, time(14), time(17, 30))),
        settings={"slot_minutes": 20, "changeover_minutes": 5, "needs_acceptance": True},
        tables=30,
        rooms=2,
        kinds=(
            Kind(names=texts("Entreprise", "شركة", "Company")),
            Kind(names=texts("Recherche", "بحث علمي", "Research")),
            Kind(names=texts("Accompagnement", "هيئة دعم", "Support organisation")),
        ),
        request_hours=72,
        in_a_row=4,
        breaks=(PRAYER,),
    ),
    "clusters": Template(
        title=_("Cluster-to-cluster day"),
        text=_(
            "One day for the members of two or more clusters: longer meetings, organisations meet "
            "once, you validate each participant, and wishes of one side count."
        ),
        days=1,
        hours=((MORNING, time(9, 30), time(12, 30)), (AFTERNOON, time(14), time(16, 30))),
        settings={
            "slot_minutes": 30,
            "changeover_minutes": 5,
            "validates_by_hand": True,
            "top_limit": 3,
        },
        tables=15,
        kinds=(
            Kind(names=texts("Équipe du cluster", "فريق الكلاستر", "Cluster team")),
            Kind(names=texts("Membre du cluster", "عضو في الكلاستر", "Cluster member")),
        ),
        organisations_once=True,
        breaks=(PRAYER,),
        closes_before=5,
    ),
    "fair": Template(
        title=_("Fair with stands"),
        text=_(
            "Three days in two halls: exhibitors stay at 20 stands, visitors come to them, 10 "
            "tables for the others. A run places the wishes, and people book free times themselves."
        ),
        days=3,
        hours=((MORNING, time(10), time(13)), (AFTERNOON, time(14, 30), time(17, 30))),
        settings={"slot_minutes": 20, "changeover_minutes": 10, "needs_acceptance": True},
        halls=(texts("Hall 1", "القاعة 1", "Hall 1"), texts("Hall 2", "القاعة 2", "Hall 2")),
        tables=10,
        stands=20,
        rooms=1,
        kinds=(
            Kind(names=texts("Exposant", "عارض", "Exhibitor"), asks=(1, 2)),
            Kind(names=texts("Acheteur invité", "مشترٍ مدعو", "Hosted buyer"), asks=(0,)),
            Kind(
                names=texts("Visiteur", "زائر", "Visitor"),
                asks=(0,),
                rules=TypeDetails(max_meetings=8, request_limit=15),
            ),
        ),
        mode="both",
        request_hours=96,
    ),
}
