"""The organiser's own questions: made, changed, ordered, removed. Nothing here commits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypedDict

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.names import checked_names, checked_texts
from matchmaker.languages import LANGUAGES
from matchmaker.participation.asked import options_of, questions_of
from matchmaker.participation.models import Question, QuestionOption, QuestionType
from matchmaker.vocabularies.words import free_code

MOST_QUESTIONS = 50
CHOOSING = ("choice", "choices")
Option = tuple[str, Texts]  # code, "" for a new one; labels


class QuestionDetails(TypedDict):
    """Everything that is said of a question."""

    labels: Texts
    hints: Texts
    is_required: bool
    audience: str
    is_active: bool
    types: Collection[str]  # of which types it is asked; none: of everybody
    options: Sequence[Option]


def add_question(session: Session, event: Event, kind: str, said: QuestionDetails) -> Question:
    """A new last one, flushed."""
    questions = questions_of(session, event.id)
    if len(questions) >= MOST_QUESTIONS:
        raise Refusal(
            _("There are %(most)s questions already. Remove one first.", most=MOST_QUESTIONS)
        )
    position = max((row.position for row in questions), default=0) + 1
    row = Question(event_id=event.id, kind=kind, position=position)
    _describe(row, said)
    session.add(row)
    session.flush()
    _set_parts(session, row, said)
    return row


def change_question(session: Session, row: Question, said: QuestionDetails) -> None:
    """Its kind stays: answers that are there would lose their sense."""
    _describe(row, said)
    session.flush()
    _set_parts(session, row, said)


def move_question(session: Session, row: Question, place: int) -> None:
    """To this place in the order, counted from 1; the others close up."""
    others = [other for other in questions_of(session, row.event_id) if other is not row]
    others.insert(min(max(place, 1), len(others) + 1) - 1, row)
    for number, other in enumerate(others, 1):
        other.position = number
    session.flush()


def remove_question(session: Session, row: Question) -> None:
    """Only what nobody has answered; the database holds that."""
    try:
        with session.begin_nested():
            session.delete(row)
    except IntegrityError:
        raise Refusal(
            _("Somebody has answered this question, so it stays. Switch it off to ask it no more.")
        ) from None


def _describe(row: Question, said: QuestionDetails) -> None:
    row.labels = checked_names(said["labels"])
    row.hints = checked_texts(said["hints"])
    row.is_required, row.is_active = said["is_required"], said["is_active"]
    row.audience = said["audience"]


def _set_parts(session: Session, row: Question, said: QuestionDetails) -> None:
    key = {"event_id": row.event_id, "question_id": row.id}
    session.execute(delete(QuestionType).filter_by(**key))
    session.add_all(QuestionType(**key, type_code=code) for code in sorted(set(said["types"])))
    if row.kind in CHOOSING:
        _set_options(session, row, said["options"])
    session.flush()


def _set_options(session: Session, row: Question, said: Sequence[Option]) -> None:
    """These, in this order; an option whose labels are emptied goes, unless somebody chose it."""
    kept = [(code, labels) for code, texts in said if (labels := checked_texts(texts))]
    if len(kept) < 2:
        raise Refusal(_("Give at least two choices."))
    stored = options_of(session, row.event_id, [row.id])[row.id]
    present = {option.code: option for option in stored}
    taken = set(present)
    for position, (code, labels) in enumerate(kept, 1):
        option = present.pop(code, None)
        if option is None:
            code = free_code(next(labels[c] for c in LANGUAGES if c in labels), taken)
            taken.add(code)
            option = QuestionOption(event_id=row.event_id, question_id=row.id, code=code)
            session.add(option)
        option.labels, option.position = labels, position
    session.flush()
    for option in present.values():
        _remove_option(session, option)


def _remove_option(session: Session, option: QuestionOption) -> None:
    try:
        with session.begin_nested():
            session.delete(option)
    except IntegrityError:
        label = next(iter(option.labels.values()), option.code)
        raise Refusal(
            _("“%(label)s” stays: somebody has chosen it. Rename it instead.", label=label)
        ) from None


def types_of_question(session: Session, row: Question) -> list[str]:
    return list(
        session.scalars(
            select(QuestionType.type_code).filter_by(event_id=row.event_id, question_id=row.id)
        )
    )
