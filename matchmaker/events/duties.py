"""The duties of a team in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

DUTY_NAMES: dict[str, Any] = {
    "owner": _("Owner"),
    "organiser": _("Organiser"),
    "helper": _("Helper"),
    "desk": _("Front desk"),
    "reader": _("Read only"),
    "delegation": _("Delegation"),
}
# What each may do beyond those after it in this order.
DUTY_TEXTS: dict[str, Any] = {
    "owner": _("Also the team itself, and how long personal data is kept."),
    "organiser": _("Also the set-up, solving, publishing and mailings."),
    "helper": _("Also organisations, wishes, imports, changes on the board and print packs."),
    "desk": _("Participants, wishes on paper, the published schedule and single sheets."),
    "reader": _("Opens what an organiser opens, and changes nothing."),
}
INVITED = tuple(DUTY_TEXTS)
