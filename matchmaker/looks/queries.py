"""The look of an event, read without its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.events.models import Event
from matchmaker.looks.models import Look, LookPicture


@dataclass(frozen=True, slots=True)
class Worn:
    """What an event wears: nothing, where nobody chose anything."""

    colour: str = ""
    logo: str = ""  # the digest of the picture
    footers: Texts = field(default_factory=dict)
    senders: Texts = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Changes with the colour: the style sheet's address carries it."""
        return blake2b(self.colour.encode(), digest_size=4).hexdigest()

    @property
    def is_seen(self) -> bool:
        """Whether pages look otherwise than Matchmaker's own."""
        return bool(self.colour or self.logo)


def look_of(session: Session, event_id: str) -> Worn:
    row = session.execute(
        select(Look.colour, LookPicture.digest, Look.footers, Look.senders)
        .select_from(Event)
        .outerjoin(Look, Look.event_id == Event.id)
        .outerjoin(LookPicture, LookPicture.event_id == Event.id)
        .where(Event.id == event_id)
    ).one_or_none()
    if row is None:
        return Worn()
    return Worn(row.colour or "", row.digest or "", row.footers or {}, row.senders or {})


def picture_of(session: Session, event_id: str) -> bytes | None:
    """The logo for paper."""
    return session.scalar(select(LookPicture.picture).where(LookPicture.event_id == event_id))


def small_picture_of(session: Session, event_id: str) -> bytes | None:
    """The logo for screens."""
    return session.scalar(select(LookPicture.small).where(LookPicture.event_id == event_id))
