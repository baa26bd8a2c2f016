"""A form made of the organiser's questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from matchmaker.events.forms import ChecksField
from matchmaker.forms import Form, options
from matchmaker.languages import pick
from matchmaker.participants.answers import LONGEST_ANSWER
from matchmaker.participation.asked import Asked

PREFIX = "q_"


class OneField(RadioField):
    """One choice or none: that one must be made is a validator's to say."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in (None, "", "None"):
            super().pre_validate(form)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(list(valuelist) or [""])


class QuestionsForm(Form):
    """The fields are added per person by :func:`questions_form`."""

    def said(self) -> dict[str, str | list[str]]:
        """Question → text, or codes of choices."""
        return {
            field.name.removeprefix(PREFIX): field.data or ""
            for field in self
            if field.name.startswith(PREFIX)
        }

    def questions(self) -> list[tuple[Field, str]]:
        """Each field with its explanation."""
        return [(field, str(field.description)) for field in self if field.name.startswith(PREFIX)]


def questions_form(
    asked: Sequence[Asked], language: str, known: Mapping[str, Any]
) -> QuestionsForm:
    """The form filled with what is known, unless it was sent."""
    fields = {f"{PREFIX}{one.id}": _field(one, language) for one in asked}
    form: type[QuestionsForm] = type("QuestionsForm", (QuestionsForm,), fields)
    return form(data={f"{PREFIX}{id_}": value for id_, value in known.items()})


def _field(asked: Asked, language: str) -> Any:
    question = asked.question
    needed = DataRequired(_("Please fill this in.")) if question.is_required else Optional()
    said: dict[str, Any] = {
        "label": pick(question.labels, language),
        "description": pick(question.hints, language),
    }
    choices = options((row.code, pick(row.labels, language)) for row in asked.options)
    if question.kind == "choices":
        return ChecksField(**said, validators=[needed], choices=choices)
    if question.kind == "choice":
        return OneField(**said, validators=[needed], choices=choices)
    if question.kind == "yes_no":
        both = options([("yes", _("yes")), ("no", _("no"))])
        return OneField(**said, validators=[needed], choices=both)
    kind = TextAreaField if question.kind == "long" else StringField
    most = LONGEST_ANSWER[question.kind]
    too_long = Length(max=most, message=_("At most %(max)d characters."))
    return kind(**said, validators=[needed, too_long])
