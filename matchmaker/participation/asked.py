"""Which questions are asked of whom, with their choices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.participation.models import Question, QuestionOption, QuestionType


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its choices in order."""

    question: Question
    options: Sequence[QuestionOption]

    @property
    def id(self) -> str:
        return self.question.id


def questions_of(session: Session, event_id: str) -> Sequence[Question]:
    """All of an event, in the organiser's order."""
    return session.scalars(
        select(Question)
        .where(Question.event_id == event_id)
        .order_by(Question.position, Question.id)
    ).all()


def questions_for(session: Session, event_id: str, type_code: str | None) -> list[Asked]:
    """What somebody of this type is asked."""
    questions = [row for row in questions_of(session, event_id) if row.is_active]
    if not questions:
        return []
    types: dict[str, set[str]] = {}
    for question_id, code in session.execute(
        select(QuestionType.question_id, QuestionType.type_code).where(
            QuestionType.event_id == event_id
        )
    ):
        types.setdefault(question_id, set()).add(code)
    return with_options(
        session,
        event_id,
        [row for row in questions if row.id not in types or type_code in types[row.id]],
    )


def with_options(session: Session, event_id: str, questions: Sequence[Question]) -> list[Asked]:
    options = options_of(session, event_id, [row.id for row in questions])
    return [Asked(row, options[row.id]) for row in questions]


def options_of(
    session: Session, event_id: str, question_ids: Collection[str]
) -> dict[str, list[QuestionOption]]:
    found: dict[str, list[QuestionOption]] = {id_: [] for id_ in question_ids}
    rows = session.scalars(
        select(QuestionOption)
        .where(QuestionOption.event_id == event_id, QuestionOption.question_id.in_(question_ids))
        .order_by(QuestionOption.position, QuestionOption.code)
    )
    for row in rows:
        found[row.question_id].append(row)
    return found
