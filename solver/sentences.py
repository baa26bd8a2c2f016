"""A rule that stands in a meeting's way, as a sentence: who, when, where, because of what."""

from __future__ import annotations

from solver.schedule import Reason
from solver.wording import Wording, capital

# {who}, {when}, {where} and {what} are people, times, places and meetings.
CLAUSES = {
    "absent": "{who} {is} absent {when}",
    "busy": "{who} {is} in other meetings {when}",
    "max_meetings": "{who} {has} as many meetings as allowed",
    "max_in_a_row": "{who} would have too many meetings in a row {when}",
    "breaks": "{who} would have too many breaks {when}",
    "moves": "it would cost moves, which count more",
    "place_taken": "{where} {when}",
    "place_closed": "{where} {when}",
    "place_kind": "there is no place for it on site",
    "own_place": "the place that it has to use cannot be used",
    "online": "there is no place for it online",
    "start_slot": "it may not start {when}",
    "after": "its order with {what} does not allow it {when}",
    "language": "no interpreter speaks the languages that are missing",
    "interpreter": "every interpreter who could help is taken or absent {when}",
    "travel": "the way of {who} to or from another meeting is too long {when}",
    "limits": "a limit for {who} is reached {when}",
    "exclusive": "only one of its exclusive list may be placed, and {what} is",
    "side": "its sides cannot send different people",
    "length": "the session ends too early for it {when}",
    "kept": "what has begun or is locked does not allow it {when}",
}


def clause(words: Wording, reason: Reason) -> str:
    """The rule with what it concerns, to stand within a sentence."""
    several = len(reason.participants) > 1
    verb = {"place_taken": "taken", "place_closed": "closed"}.get(reason.rule, "")
    named = f"{words.places(reason.places)} {'are' if len(reason.places) > 1 else 'is'} {verb}"
    template = CLAUSES.get(reason.rule, reason.rule)
    tells_meetings = "{what}" in template  # there may be many, and few rules tell them
    text = template.format(
        who=words.people(reason.participants) or "somebody",
        when=words.times(reason.slots),
        where=named if reason.places else f"every place that it may use is {verb}",
        what=(words.meetings(reason.meetings) if tells_meetings else "") or "another meeting",
        **{"is": "are" if several else "is", "has": "have" if several else "has"},
    )
    return " ".join(text.split())


def sentence(words: Wording, reason: Reason) -> str:
    return capital(clause(words, reason)) + "."
