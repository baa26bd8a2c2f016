"""Mails that came back: reports of other servers, read from a mailbox file or a pipe.

A report (RFC 3464) names the recipient and a status, and carries the mail or its head: our id
stands in the Message-ID. What is only late comes again or fails later; it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.mails.models import Mail

OUR_ID = re.compile(rb"^Message-ID:\s*<([0-9a-f]{16})@", re.IGNORECASE | re.MULTILINE)
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
BETWEEN = re.compile(rb"(?m)^From .*\r?\n")  # mails of an mbox file
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Report:
    """A recipient to whom a mail could not be brought."""

    address: str
    status: str  # 5.1.1
    mail_ids: tuple[str, ...]  # of the mails that the report quotes


def take_in(session: Session, text: bytes) -> int:
    """Mark the mails that came back; how many. The same report again marks none. Commits."""
    marked = 0
    for one in split_mbox(text):
        for report in reports_in(one):
            marked += _mark(session, report)
    session.commit()
    return marked


def split_mbox(text: bytes) -> list[bytes]:
    """The mails of an mbox file; or the one mail that it is."""
    if not text.startswith(b"From "):
        return [text] if text.strip() else []
    return [part for part in BETWEEN.split(text) if part.strip()]


def reports_in(text: bytes) -> Iterator[Report]:
    """What failed for good, as far as the mail is a report at all."""
    message = message_from_bytes(text, policy=default)
    ids = tuple(dict.fromkeys(found.decode() for found in OUR_ID.findall(text)))
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and (report := _failure(block, ids)):
                yield report


def _failure(block: Message, ids: tuple[str, ...]) -> Report | None:
    if str(block.get("Action", "")).strip().lower() != "failed":
        return None
    address = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    status = STATUS.search(str(block.get("Status", "")))
    return Report(
        address=address.rpartition(";")[2].strip().strip("<>").lower(),
        status=status.group() if status else "5.0.0",
        mail_ids=ids,
    )


def _mark(session: Session, report: Report) -> int:
    """The mail that the report quotes; where it quotes none, the last one to its recipient."""
    sent = select(Mail).where(Mail.state == "sent")
    if report.mail_ids:
        found = session.scalars(sent.where(Mail.id.in_(report.mail_ids))).all()
    else:
        to = func.lower(Mail.address) == report.address
        found = session.scalars(sent.where(to).order_by(Mail.sent_at.desc()).limit(1)).all()
    for mail in found:
        mail.state, mail.failure = "bounced", report.status
        log.warning("mail.bounced", mail=mail.id, status=report.status)
    session.flush()
    return len(found)
