"""What stands for a person in lists, also for one without a name."""

from __future__ import annotations

from flask_babel import gettext as _


def erased_reference(participant_id: str) -> str:
    """The key of the empty row that is left of a person whose account was deleted."""
    return f"erased-{participant_id}"


def shown_name(participant_id: str, first: str, last: str, reference: str | None) -> str:
    if name := f"{first} {last}".strip():
        return name
    if reference == erased_reference(participant_id):
        return str(_("(deleted person)"))
    return reference or participant_id
