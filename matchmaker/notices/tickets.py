"""The address that stands in a mail and lets its reader stop mails, without signing in.

Signed and not kept: it names a participant and the kinds of the mail, and opens nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from matchmaker.notices.services import Addressee


@dataclass(frozen=True, slots=True)
class Ticket:
    event_id: str
    participant_id: str
    kinds: tuple[str, ...]


def ticket_for(recipient: Addressee, kinds: Sequence[str] = ()) -> str:
    signed = _signer().dumps([recipient.event_id, recipient.id, *kinds])
    return signed if isinstance(signed, str) else signed.decode()


def read_ticket(text: str) -> Ticket | None:
    try:
        event_id, participant_id, *kinds = _signer().loads(text)
    except (BadData, ValueError, TypeError):
        return None
    return Ticket(event_id, participant_id, tuple(kinds))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="stop-mails")
