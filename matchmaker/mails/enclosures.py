"""Files that go with a mail: the row names them, and they are made on sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.orm import Session

from matchmaker.mails.models import Mail


@dataclass(frozen=True, slots=True)
class Enclosed:
    name: str
    kind: str  # application/pdf
    data: bytes


log = structlog.get_logger()
Maker = Callable[[Session, Mapping[str, Any], str], Enclosed | None]
_makers: dict[str, Maker] = {}


def encloses(what: str) -> Callable[[Maker], Maker]:
    """Declare who makes the files of this name, from a mail's ``enclosure`` and its language."""

    def declare(maker: Maker) -> Maker:
        _makers[what] = maker
        return maker

    return declare


def enclose(session: Session, mail: Mail) -> Enclosed | None:
    if not mail.enclosure:
        return None
    try:
        return _makers[mail.enclosure["what"]](session, mail.enclosure, mail.language)
    except Exception:  # better a mail without its file than none
        log.exception("mail.not_enclosed", mail=mail.id)
        return None
    finally:
        session.rollback()  # nothing is held while a server takes its time
