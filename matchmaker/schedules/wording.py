"""The settings of a run in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.languages import comma
from matchmaker.schedules.aims import Aim, aim_from
from matchmaker.schedules.goals import label_of
from matchmaker.schedules.models import Run


def aim_text(run: Run) -> str:
    """What matters most, and what had to stay, in a few words."""
    names = {
        "nobody_without": _("Nobody without a meeting"),
        "most_wishes": _("Most wishes"),
        "only_add": _("Most wishes"),
        "own": _("Own order of goals"),
    }
    parts = [names.get(run.wanted, run.wanted), staying_text(aim_from(run.settings))]
    return comma(current_language()).join(str(part) for part in parts if part)


def staying_text(aim: Aim) -> str:
    """What of the published schedule had to stay; nothing where all might move."""
    if aim.stays == "sessions":
        return str(
            ngettext(
                "only %(num)s session changes", "only %(num)s sessions change", len(aim.sessions)
            )
        )
    few, all_of_it = _("few published meetings change"), _("nothing published moves")
    return str({"few": few, "published": all_of_it}.get(aim.stays, ""))


def order_text(settings: Mapping[str, object]) -> str:
    """The goals, the first first, and what the wishes may cost."""
    aim = aim_from(settings)
    names = [
        label_of(name) for name in (*(["stability"] if aim.stays == "few" else []), *aim.order)
    ]
    given = format_decimal(aim.given / 10)
    if aim.given:
        names[names.index(label_of("wishes"))] += f" (−{given}%)"
    return " › ".join(names)
