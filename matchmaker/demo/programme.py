"""What the demonstration forum has beside its meetings: a plenary, pitches, a visit to sign up for.
None of it takes a slot away.
"""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.demo.forum import FIRST_DAY
from matchmaker.demo.venue import HALLS
from matchmaker.events.models import Event, Zone
from matchmaker.programme.services import ItemDetails, add_item

VISITORS = 40  # places of the visit


def furnish_programme(session: Session, event: Event) -> None:
    """In the first hall, but for the visit."""
    zones = session.scalars(select(Zone).where(Zone.event_id == event.id))
    hall = next(zone.id for zone in zones if zone.names == HALLS[0])
    for details in (_plenary(hall), _pitches(hall), _visit()):
        add_item(session, event, **details)


def _plenary(hall: str) -> ItemDetails:
    return {
        "kind": "plenary",
        "titles": {"fr": "Ouverture du forum", "ar": "افتتاح المنتدى", "en": "The forum opens"},
        "abouts": {
            "fr": "Le mot des clusters, et comment se déroulent les deux jours.",
            "ar": "كلمة التجمعات المهنية، وكيف يسير اليومان.",
            "en": "A word from the clusters, and how the two days go.",
        },
        "day": FIRST_DAY, "starts": time(8, 45), "ends": time(9, 15),
        "venue": {}, "zone_id": hall, "speakers": "",
        "attendance": "all", "places": None, "types": (),
    }  # fmt: skip


def _pitches(hall: str) -> ItemDetails:
    return {
        "kind": "pitch",
        "titles": {
            "fr": "Dix start-up en trois minutes chacune",
            "ar": "عشر شركات ناشئة، ثلاث دقائق لكل واحدة",
            "en": "Ten start-ups, three minutes each",
        },
        "abouts": {
            "fr": "Eau, énergie et recyclage : venez qui veut.",
            "ar": "الماء والطاقة وإعادة التدوير: الحضور مفتوح للجميع.",
            "en": "Water, energy and recycling: come who will.",
        },
        "day": FIRST_DAY, "starts": time(12, 45), "ends": time(13, 30),
        "venue": {}, "zone_id": hall, "speakers": "",
        "attendance": "open", "places": None, "types": (),
    }  # fmt: skip


def _visit() -> ItemDetails:
    return {
        "kind": "visit",
        "titles": {
            "fr": "Visite d’une station d’épuration",
            "ar": "زيارة محطة لمعالجة المياه العادمة",
            "en": "Visit to a waste-water plant",
        },
        "abouts": {
            "fr": "Retour vers 19 h 30. Chaussures fermées.",
            "ar": "العودة حوالي الساعة 19:30. يرجى انتعال أحذية مغلقة.",
            "en": "Back at about 19:30. Closed shoes, please.",
        },
        "day": FIRST_DAY + timedelta(days=1), "starts": time(17, 15), "ends": time(19, 30),
        "venue": {
            "fr": "Départ du car devant l’entrée",
            "ar": "تنطلق الحافلة من أمام المدخل",
            "en": "The coach leaves from the entrance",
        },
        "zone_id": None, "speakers": "",
        "attendance": "sign_up", "places": VISITORS, "types": (),
    }  # fmt: skip
