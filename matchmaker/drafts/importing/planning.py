"""What a list of meetings would change, row by row, and which rules it would break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from matchmaker.drafts.importing.base import Base
from matchmaker.drafts.importing.rows import Meant, Reader, RowFault
from matchmaker.drafts.refusals import sentences
from matchmaker.imports.comparing import Comparison
from matchmaker.imports.meeting_columns import COLUMNS
from matchmaker.imports.plans import Fault, Plan, PlannedRow, Remark
from matchmaker.imports.reading import read_rows
from matchmaker.imports.rows import Said, Sheet, name_rows
from matchmaker.imports.surroundings import Surroundings
from matchmaker.schedules import bridge
from matchmaker.schedules.bridge import Broken, Placed
from matchmaker.schedules.names import CLOSE, OPEN, Names

ISOLATE, POP = "\u2068", "\u2069"


@dataclass(frozen=True, kw_only=True)
class MeetingPlan(Plan):
    """``meant``: the good rows that change something, by meeting."""

    base: Base
    meant: Mapping[str, Meant] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Of what the rows would be put beside, too."""
        return sha256(f"{super().fingerprint} {self.base.mark}".encode()).hexdigest()


def plan_meetings(session: Session, around: Surroundings, sheet: Sheet) -> MeetingPlan:
    base = Base.of(session, around.event)
    said, faults = read_rows(sheet, COLUMNS, around.names)
    out = {fault.row for fault in faults}
    meant, more = _read_all(Reader(base, around, sheet), [r for r in said if r.number not in out])
    meant, repeated, twins = _without_twins(meant, sheet)
    changes = {row.placed.meeting: row for row in meant if _outcome(base, row) is not None}
    good, broken = _judged(base, changes)
    faults = sorted([*faults, *more, *twins, *broken])
    out = {fault.row for fault in faults}
    names = Names(session, around.event.id)
    rows = [_planned(base, row, names) for row in meant if row.number not in out]
    return MeetingPlan(
        total=len(sheet.rows),
        rows=rows,
        faults=faults,
        remarks=[*_wishless(good), *([] if out else _left_out(base, meant))],
        repeated=repeated,
        base=base,
        meant=good,
    )


def _read_all(reader: Reader, said: Sequence[Said]) -> tuple[list[Meant], list[Fault]]:
    found, faults = [], []
    for row in said:
        try:
            found.append(reader.read(row))
        except RowFault as fault:
            title = reader.sheet.title(fault.field)
            faults.append(Fault(row.number, title, str(fault)))
    return found, faults


def _without_twins(meant: Sequence[Meant], sheet: Sheet) -> tuple[list[Meant], int, list[Fault]]:
    """Rows of the same meeting: said again they count once, said otherwise they are faulty."""
    groups: dict[str, list[Meant]] = defaultdict(list)
    for row in meant:
        groups[row.placed.meeting].append(row)
    kept, faults = [], []
    for group in groups.values():
        if all(row.placed == group[0].placed for row in group):
            kept.append(group[0])
            continue
        sentence = _(
            "Rows %(rows)s are the same meeting and say different things. Keep one of them.",
            rows=name_rows([Said(row.number, {}) for row in group]),
        )
        faults += [Fault(row.number, sheet.title("second"), sentence) for row in group]
    repeated = len(meant) - len(kept) - len(faults)
    return kept, repeated, faults


def _outcome(base: Base, row: Meant) -> Placed | None:
    """How it would stand, where that is anything else than how it stands."""
    return None if base.placed.get(row.placed.meeting) == row.placed else row.placed


def _judged(base: Base, changes: Mapping[str, Meant]) -> tuple[dict[str, Meant], list[Fault]]:
    """Those that keep all rules together; the others with what they would break. Without one of
    them another can break a rule, so what is left is judged again until it holds.
    """
    good, faults = dict(changes), []
    names = Names(base.session, base.event.id)
    while good:
        broken = _broken(base, good)
        if not broken:
            break
        for name, rows in broken.items():
            said = str(sentences(rows, names, [name]))
            faults.append(Fault(good.pop(name).number, "", _plain(said)))
    return good, faults


def _broken(base: Base, changes: Mapping[str, Meant]) -> Mapping[str, list[Broken]]:
    """By meeting that would be changed."""
    found: dict[str, list[Broken]] = defaultdict(list)
    for name in changes:
        if name in base.locked:
            found[name].append(Broken("locked", (name,)))
    after = {**base.placed, **{name: row.placed for name, row in changes.items()}}
    for broken in _judge(base, changes).faults(base.placed.values(), after.values()):
        for name in _blamed(broken, changes):
            found[name].append(broken)
    return found


def _blamed(broken: Broken, changes: Mapping[str, Meant]) -> list[str]:
    named = [name for name in broken.meetings if name in changes]
    people = set(broken.participants)
    theirs = [name for name, row in changes.items() if people & set(row.placed.participants)]
    return named or theirs or list(changes)


def _judge(base: Base, changes: Mapping[str, Meant]) -> bridge.Judge:
    asked = {**base.asked, **{name: row.asked for name, row in changes.items()}}
    people = {one for row in base.placed.values() for one in row.participants}
    people |= {one for row in changes.values() for one in row.asked.people()}
    once = bridge.organisations_once(base.session, base.event)
    return bridge.Judge.of(base.session, base.event, asked, people, once)


def _planned(base: Base, row: Meant, names: Names) -> PlannedRow:
    here = base.placed.get(row.placed.meeting)
    changed = here is not None and here != row.placed
    return PlannedRow(
        number=row.number,
        title=" – ".join(names.person(person) for person in row.placed.participants),
        id=row.placed.meeting if here else None,
        said={},
        comparison=Comparison({"placed": row.placed} if changed else {}, (), {}),
    )


def _wishless(good: Mapping[str, Meant]) -> list[Remark]:
    sentence = _("Nobody has wished for this meeting.")
    return sorted(Remark(row.number, sentence) for row in good.values() if not row.is_wished)


def _left_out(base: Base, meant: Sequence[Meant]) -> list[Remark]:
    """Told where every row is understood: a faulty row can be the one that is missing."""
    left = len(set(base.placed) - {row.placed.meeting for row in meant})
    if not left:
        return []
    sentence = ngettext(
        "%(num)s meeting is not in the file; it stays as it is.",
        "%(num)s meetings are not in the file; they stay as they are.",
        left,
    )
    return [Remark(0, str(sentence))]


def _plain(marked: str) -> str:
    """For files as well: names isolated by characters instead of elements."""
    shown = marked.replace(OPEN, ISOLATE).replace(CLOSE, POP)
    return str(Markup(shown).unescape())
