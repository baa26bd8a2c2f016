"""The analysis in sentences and small tables, for whoever plans the event."""

from __future__ import annotations

from collections.abc import Iterator

from solver.capacity.findings import Capacity, Curve, Fewest, Point

MOST_LINES = 10  # of one list; the JSON form has all
WORDS = {
    "table": "tables",
    "slot": "slots",
    "half_hour": "half-hours",
    "interpreter": "interpreters",
}


def capacity_text(capacity: Capacity) -> str:
    """The whole answer as plain text, one sentence a line."""
    parts = (_now(capacity), _least(capacity), _limits(capacity), _curves(capacity))
    lines = [line for part in parts for line in part]
    return "\n".join(map(_printable, lines)) + "\n"


def _now(capacity: Capacity) -> Iterator[str]:
    now = capacity.now
    yield f"{capacity.meetings} wishes with a weight of {capacity.weight}."
    yield f"As planned now, {now.placed} are placed: {_worth(now)}."
    if now.musts_missing:
        yield f"{now.musts_missing} meetings that must take place are not among them."


def _worth(point: Point) -> str:
    if point.proven:
        return f"{point.value}, and no schedule has more"
    return f"{point.value}, and no schedule has more than {point.bound}"


def _least(capacity: Capacity) -> Iterator[str]:
    for word, fewest in (("tables", capacity.tables), ("slots", capacity.slots)):
        if fewest is not None:
            yield ""
            yield from _fewest(word, fewest)
    yield from capacity.remarks


def _fewest(word: str, fewest: Fewest) -> Iterator[str]:
    reached = fewest.reached
    yield (
        f"With any number of {word}: {reached.placed} meetings placed, {_worth(reached)} "
        f"({'proven' if reached.proven else 'not proven'})."
    )
    if fewest.at_least == fewest.at_most:
        number = f"{fewest.at_most} (proven: fewer cannot)"
    else:
        number = f"between {fewest.at_least} and {fewest.at_most}"
    yield f"Fewest {word} for that: {number}. There are {fewest.now}."
    if len(fewest.mix) > 1:
        yield "  " + ", ".join(f"{name}: {count}" for name, count in fewest.mix)
    if fewest.unplaceable:
        yield f"{len(fewest.unplaceable)} wishes that no number of {word} can place:"
        for row in fewest.unplaceable[:MOST_LINES]:
            yield f"  {row.meeting}: {row.reason.text}"
        yield from _more(len(fewest.unplaceable))


def _limits(capacity: Capacity) -> Iterator[str]:
    texts = {
        "More wishes than time": [each.text for each in capacity.overloads],
        "Bottlenecks": [each.text for each in capacity.bottlenecks],
    }
    for title, lines in texts.items():
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines[: 2 * MOST_LINES])
            yield from _more(len(lines), 2 * MOST_LINES)


def _more(count: int, shown: int = MOST_LINES) -> Iterator[str]:
    if count > shown:
        yield f"  and {count - shown} more"


def _curves(capacity: Capacity) -> Iterator[str]:
    for curve in capacity.curves:
        yield ""
        of = "" if curve.of is None else f", {curve.of}"
        yield f"{WORDS[curve.kind].capitalize()}{of}"
        yield from _rows(curve)


def _rows(curve: Curve) -> Iterator[str]:
    if all(point.value == point.bound == curve.points[0].value for point in curve.points):
        first = curve.points[0]
        yield f"  {first.value} from {first.count} to {curve.points[-1].count}: nothing changes."
        return
    yield f"  {'number':>8} {'change':>7} {'placed':>7} {'value':>10} {'bound':>10}"
    for point in curve.points:
        added = f"{point.added:+}" if point.added else "now"
        row = f"{point.count:>8} {added:>7} {point.placed:>7} {point.value:>10}"
        yield f"  {row} {point.bound:>10}{'' if point.proven else '  not proven'}"


def _printable(text: str) -> str:
    """Names come from files: nothing in them may steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
