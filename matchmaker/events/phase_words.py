"""What phases are called, and what is said of each in each state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

NAMES = {
    "registration": _("Registration"),
    "wishes": _("Wishes"),
    "scheduling": _("Scheduling"),
    "published": _("Agendas"),
    "day": _("Meetings"),
}
OPEN, LATER, OVER = "open", "later", "over"
# What is said of each phase in each state, with a date and without.
SENTENCES: Mapping[tuple[str, str], tuple[Any, Any]] = {
    ("registration", OPEN): (_("Registration is open until %(moment)s."),
                             _("Registration is open.")),
    ("registration", LATER): (_("Registration opens on %(moment)s."),
                              _("Registration is not open yet.")),
    ("registration", OVER): (_("Registration closed on %(moment)s."),
                             _("Registration is closed.")),
    ("wishes", OPEN): (_("You can choose whom to meet until %(moment)s."),
                       _("You can choose whom to meet.")),
    ("wishes", LATER): (_("You can choose whom to meet from %(moment)s."),
                        _("Choosing whom to meet has not begun.")),
    ("wishes", OVER): (_("Choosing whom to meet ended on %(moment)s."),
                       _("Choosing whom to meet has ended.")),
    ("scheduling", OPEN): (_("The organisers make the schedule until %(moment)s."),
                           _("The organisers are making the schedule.")),
    ("scheduling", LATER): (_("The organisers begin to make the schedule on %(moment)s."),
                            _("The organisers have not begun to make the schedule.")),
    ("scheduling", OVER): (_("The organisers made the schedule until %(moment)s."),
                           _("The organisers have made the schedule.")),
    ("published", OPEN): (_("The agendas are to be seen until %(moment)s."),
                          _("The agendas are to be seen.")),
    ("published", LATER): (_("The agendas are to be seen from %(moment)s."),
                           _("The agendas are not to be seen yet.")),
    ("published", OVER): (_("The agendas were to be seen until %(moment)s."),
                          _("The agendas are not to be seen any more.")),
    ("day", OPEN): (_("The meetings take place until %(moment)s."),
                    _("The meetings are taking place.")),
    ("day", LATER): (_("The meetings begin on %(moment)s."),
                     _("The meetings have not begun yet.")),
    ("day", OVER): (_("The meetings ended on %(moment)s."), _("The meetings are over.")),
}  # fmt: skip
