"""The engine's answer in the words of the page: names for ids, sentences for figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.capacity.models import CapacityStudy
from matchmaker.events.models import MeetingSession, Zone
from matchmaker.languages import language_name, pick
from matchmaker.schedules.names import Names
from matchmaker.schedules.reasons import sentence

MOST_ROWS = 20
Answer = dict[str, Any]


@dataclass(frozen=True)
class Fewest:
    """``sentence`` says what is needed; ``mix`` how many in each hall or session."""

    sentence: str
    spare: int  # more than are needed now; below 0: missing
    mix: list[tuple[str, int]]


@dataclass(frozen=True)
class Curve:
    """What more or fewer of one thing gives; ``is_flat`` where no number changes anything."""

    title: str
    points: list[Answer]

    @property
    def is_flat(self) -> bool:
        value = self.points[0]["value"]
        return all(point["value"] == point["bound"] == value for point in self.points)

    def gain(self) -> str:
        """What one more gives, as far as it is known."""
        here = next(point for point in self.points if not point["added"])
        more = next((point for point in self.points if point["added"] == 1), here)
        least, most = max(0, more["value"] - here["bound"]), more["bound"] - here["value"]
        if least == most:
            return str(_("One more gives so many points: %(points)s.", points=most))
        return str(
            _(
                "One more gives between %(least)s and %(most)s points; there was no time to know.",
                least=least,
                most=most,
            )
        )


class Findings:
    """One study, read for one page."""

    def __init__(self, session: Session, study: CapacityStudy) -> None:
        self.session, self.event_id = session, study.event_id
        self.answer: Answer = json.loads(study.answer)
        self.names = Names(session, study.event_id)
        self.now: Answer = self.answer["now"]

    def verdict(self) -> str:
        """Whether it fits, as a true sentence."""
        now, asked = self.now, self.answer["meetings"]
        if now["placed"] == asked:
            return str(_("Everything fits: all %(asked)s meetings have a place.", asked=asked))
        said = _(
            "With what is planned now, %(placed)s of %(asked)s meetings have a place, "
            "%(percent)s%% of the points.",
            placed=now["placed"], asked=asked, percent=self.percent(now["value"]),
        )  # fmt: skip
        return f"{said} {self._limit()}"

    def _limit(self) -> str:
        if self.now["proven"]:
            return str(_("No schedule reaches more points."))
        more = self.percent(self.now["bound"] - self.now["value"])
        return str(_("At most %(percent)s%% more is possible.", percent=more))

    def percent(self, points: int) -> str:
        return str(format_decimal(round(100 * points / max(1, self.answer["weight"]), 1)))

    def tables(self) -> Fewest | None:
        return self._fewest("tables", _tables, self._zones())

    def slots(self) -> Fewest | None:
        return self._fewest("slots", _slots, self._sessions())

    def _fewest(self, part: str, say: Any, names: dict[str, str]) -> Fewest | None:
        found = self.answer[part]
        if found is None:
            return None
        mix = [(names.get(id_, _("Tables")), count) for id_, count in found["mix"].items()]
        return Fewest(say(found), found["now"] - found["at_most"], mix if len(mix) > 1 else [])

    def curves(self) -> list[Curve]:
        """Those that change something come first."""
        drawn = [Curve(self._title(row), row["points"]) for row in self.answer["curves"]]
        return sorted(drawn, key=lambda curve: curve.is_flat)

    def _title(self, row: Answer) -> str:
        words = {
            "table": _("Tables"), "slot": _("Slots"),
            "half_hour": _("Half-hours"), "interpreter": _("Interpreters"),
        }  # fmt: skip
        of = self._of(row["kind"], row["of"]) if row["of"] else ""
        return f"{words[row['kind']]} · {of}" if of else str(words[row["kind"]])

    def _of(self, kind: str, id_: str) -> str:
        if kind == "interpreter":
            language = current_language()
            return " – ".join([language_name(code, language) for code in id_.split("-")])
        names = self._zones() if kind == "table" else self._sessions()
        return str(names.get(id_, id_))

    def overloads(self) -> list[Answer]:
        """People with more wishes than time, the worst first."""
        rows = sorted(self.answer["overloads"], key=lambda row: -row["cannot"])
        return [{**row, "name": self.names.person(row["participant"])} for row in rows][:MOST_ROWS]

    def bottlenecks(self) -> list[Answer]:
        """What is scarce, with about how many points one more slot of it would give."""
        rows = [{**row, "name": self._scarce(row)} for row in self.answer["bottlenecks"]]
        return rows[:MOST_ROWS]

    def _scarce(self, row: Answer) -> str:
        if row["kind"] == "participant":
            return self.names.person(row["id"])
        if row["kind"] == "session":
            return self._sessions().get(str(row["id"]), "")
        if row["kind"] == "interpreters":
            return f"{_('Interpreters')} · {self._of('interpreter', row['id'])}"
        zone = self._zones().get(row["id"])
        return f"{_('Tables')} · {zone}" if zone else str(_("Tables"))

    def impossible(self) -> list[tuple[Markup, Markup]]:
        """The wishes that no number of tables and slots can place: who, and why."""
        found = self.answer["slots"] or self.answer["tables"] or {"unplaceable": []}
        return [
            (self.names.meeting(row["meeting"]), self._why(row)) for row in found["unplaceable"]
        ]

    def _why(self, row: Answer) -> Markup:
        """Without the slots: there are more of them in what was tried than the event has."""
        reason = {**row["reason"], "slots": [], "participants": row["reason"]["participants"]}
        if row["reason"]["rule"] == "absent" and len(reason["participants"]) > 1:
            reason["participants"] = []
        return sentence(row["reason"]["rule"], reason, self.names)

    def _zones(self) -> dict[str, str]:
        return self._named(Zone)

    def _sessions(self) -> dict[str, str]:
        return self._named(MeetingSession)

    def _named(self, model: type[Zone] | type[MeetingSession]) -> dict[str, str]:
        rows = self.session.execute(
            select(model.id, model.names).where(model.event_id == self.event_id)
        )
        return {id_: pick(names, current_language()) or id_ for id_, names in rows}


def _tables(found: Answer) -> str:
    least, most, here = found["at_least"], found["at_most"], found["now"]
    if least == most:
        return str(ngettext(
            "%(num)s table is enough for that, and fewer are not. You have %(here)s.",
            "%(num)s tables are enough for that, and fewer are not. You have %(here)s.",
            most, here=here,
        ))  # fmt: skip
    if not least:
        return str(_(
            "%(most)s tables are enough for that; whether fewer are is open. You have %(here)s.",
            most=most, here=here,
        ))  # fmt: skip
    return str(_(
        "%(most)s tables are enough for that; whether fewer are, down to %(least)s, is open. "
        "You have %(here)s.",
        most=most, least=least, here=here,
    ))  # fmt: skip


def _slots(found: Answer) -> str:
    least, most, here = found["at_least"], found["at_most"], found["now"]
    if least == most:
        return str(ngettext(
            "%(num)s slot is enough for that, and fewer are not. You have %(here)s.",
            "%(num)s slots are enough for that, and fewer are not. You have %(here)s.",
            most, here=here,
        ))  # fmt: skip
    if not least:
        return str(_(
            "%(most)s slots are enough for that; whether fewer are is open. You have %(here)s.",
            most=most, here=here,
        ))  # fmt: skip
    return str(_(
        "%(most)s slots are enough for that; whether fewer are, down to %(least)s, is open. "
        "You have %(here)s.",
        most=most, least=least, here=here,
    ))  # fmt: skip
