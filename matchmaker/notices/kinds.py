"""Which news there are, how soon each goes, and which of them a person may stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _

SETTLING = timedelta(minutes=10)  # what is undone within this time was never told


@dataclass(frozen=True, slots=True)
class Kind:
    """``pace``: ``now``; ``settled``, when it has had ten minutes to be undone; or ``digest``,
    together with others of the event's digest time. ``label`` is lazy.
    """

    code: str
    label: Any
    pace: str = "digest"
    may_be_stopped: bool = True


KINDS = {
    kind.code: kind
    for kind in (
        Kind("validated", _("Your registration is confirmed"), "now", may_be_stopped=False),
        Kind("rejected", _("Your registration is not accepted"), "now", may_be_stopped=False),
        Kind("mailing", _("Mails that the organisers write"), "now"),
        Kind("no_session", _("You have chosen no session yet")),
        Kind("no_wish", _("Reminder to choose whom you want to meet")),
        Kind("request", _("Somebody wishes to meet you")),
        Kind("accepted", _("Your wish is accepted")),
        Kind("declined", _("Your wish is declined")),
        Kind("asked_back", _("Somebody asks you something about your wish")),
        Kind("answered_back", _("Somebody answers your question about a wish")),
        Kind("taken_back", _("Somebody has taken back a wish for you")),
        Kind("expiring", _("A wish for you is about to lapse")),
        Kind("undecided", _("Reminder of wishes that wait for your answer")),
        Kind("published", _("Your agenda is published"), "now"),
        Kind("changed", _("Your agenda has changed"), "settled"),
        Kind("programme", _("Programme items that you attend"), "settled"),
        Kind("move_asked", _("Somebody asks to move a meeting"), "now"),
        Kind("day_before", _("Your agenda on the day before"), "now"),
        Kind("move_answered", _("Your question to move a meeting is answered"), "now"),
    )
}


def due_after(kind: Kind, digest: timedelta) -> timedelta:
    """How long a notice waits."""
    return {"now": timedelta(0), "settled": SETTLING, "digest": digest}[kind.pace]
