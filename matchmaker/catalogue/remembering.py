"""The inventories of events, remembered from page to page, and as true as if they were not.

Whoever writes documents of an event changes its stamp in the same transaction, and each page asks
for the stamp, as its own transaction sees it. Where that is another one, what differs is read; so
several servers agree, and nothing has to tell anybody that something changed.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.catalogue.fulltext import among, columns_of
from matchmaker.catalogue.inventory import Inventory
from matchmaker.catalogue.known import COLUMNS, Codebook, Known
from matchmaker.catalogue.models import Document, DocumentStamp

MOST_KEPT = 8  # events, the last asked for
DOCUMENT = Document.__table__.c


@dataclass(frozen=True)
class _Kept:
    stamp: str | None
    inventory: Inventory


_kept: OrderedDict[str, _Kept] = OrderedDict()
_turn = threading.Lock()  # one renews, the others wait for what it finds


def inventory_of(session: Session, event_id: str) -> Inventory:
    # Before the documents: what comes between is under its own stamp read again.
    stamp = session.scalar(select(DocumentStamp.stamp).where(DocumentStamp.event_id == event_id))
    with _turn:
        kept = _kept.get(event_id)
        if kept is None or kept.stamp != stamp:
            before = kept.inventory if kept else Inventory([], Codebook())
            kept = _kept[event_id] = _Kept(stamp, _renewed(session, event_id, before))
        _kept.move_to_end(event_id)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return kept.inventory


def _renewed(session: Session, event_id: str, before: Inventory) -> Inventory:
    """With the documents that are as they were before, and the others read."""
    query = select(DOCUMENT.number, DOCUMENT.digest).where(DOCUMENT.event_id == event_id)
    digests = dict(zip(*columns_of(session, *query.subquery().c), strict=True))
    same = [one for one in before.known if digests.get(one.number) == one.digest]
    others = digests.keys() - {one.number for one in same}
    return Inventory([*same, *_read(session, others, before.codebook)], before.codebook)


def _read(session: Session, numbers: Iterable[int], codebook: Codebook) -> list[Known]:
    rows = session.execute(select(*COLUMNS).where(among(session, DOCUMENT.number, numbers)))
    return [codebook.known(row) for row in rows]
