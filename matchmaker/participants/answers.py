"""Answers to the organiser's questions: kept, read, shown. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.languages import pick
from matchmaker.participants.models import Answer, AnswerOption, Participant
from matchmaker.participation.asked import Asked, questions_for, questions_of, with_options

LONGEST_ANSWER = {"text": 300, "long": 5000, "yes_no": 3}
Said = Mapping[str, str | Sequence[str]]  # question → text, or codes of choices


def answers_of(session: Session, participant: Participant) -> dict[str, str | list[str]]:
    """Question → text, or codes of choices."""
    key = {"event_id": participant.event_id, "participant_id": participant.id}
    found: dict[str, str | list[str]] = {
        row.question_id: row.text for row in session.scalars(select(Answer).filter_by(**key))
    }
    for row in session.scalars(select(AnswerOption).filter_by(**key).order_by(AnswerOption.code)):
        chosen = found.setdefault(row.question_id, [])
        assert isinstance(chosen, list)
        chosen.append(row.code)
    return found


def set_answers(session: Session, participant: Participant, said: Said) -> None:
    """Answers to the questions that are asked of this person, in the place of those before;
    other answers stay, as who changes back to another type has them again.
    """
    asked = questions_for(session, participant.event_id, participant.type_code)
    for one in asked:
        _check(one, said.get(one.id) or "")
    key = {"event_id": participant.event_id, "participant_id": participant.id}
    ids = [one.id for one in asked]
    for table in (Answer, AnswerOption):
        session.execute(delete(table).filter_by(**key).where(table.question_id.in_(ids)))
    for one in asked:
        value = said.get(one.id)
        if isinstance(value, str) and value and not one.options:
            session.add(Answer(**key, question_id=one.id, text=value))
        elif value and one.options:
            codes = [value] if isinstance(value, str) else value
            session.add_all(AnswerOption(**key, question_id=one.id, code=code) for code in codes)
    session.flush()


def shown_answers(
    session: Session, participant: Participant, language: str, *audiences: str
) -> list[tuple[str, str]]:
    """Question and answer in words, of questions whose answers these audiences see."""
    said = answers_of(session, participant)
    questions = [
        row
        for row in questions_of(session, participant.event_id)
        if row.audience in audiences and row.id in said
    ]
    return [
        (pick(one.question.labels, language), in_words(one, said[one.id], language))
        for one in with_options(session, participant.event_id, questions)
    ]


def _check(asked: Asked, value: str | Sequence[str]) -> None:
    question, label = asked.question, next(iter(asked.question.labels.values()))
    if not value and question.is_required:
        raise Refusal(_("Please answer: “%(question)s”", question=label))
    if asked.options:
        codes = [value] if isinstance(value, str) and value else value
        if not set(codes) <= {option.code for option in asked.options}:
            raise Refusal(_("“%(question)s”: choose again from the list.", question=label))
        if question.kind == "choice" and len(codes) > 1:
            raise Refusal(_("Choose one only."))
    elif len(value) > LONGEST_ANSWER[question.kind]:
        raise Refusal(
            _(
                "“%(question)s”: at most %(most)s characters.",
                question=label,
                most=LONGEST_ANSWER[question.kind],
            )
        )


def in_words(asked: Asked, value: str | Sequence[str], language: str) -> str:
    """An answer as people read it: choices by their labels."""
    if not asked.options:
        assert isinstance(value, str)
        words = {"yes": _("yes"), "no": _("no")} if asked.question.kind == "yes_no" else {}
        return str(words.get(value, value))
    labels = {option.code: pick(option.labels, language) for option in asked.options}
    codes = [value] if isinstance(value, str) else value
    return " · ".join(labels[code] for code in labels if code in codes)
