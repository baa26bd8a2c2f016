"""Forms of participation types and of the organiser's questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
)
from wtforms import Form as PlainForm
from wtforms.validators import NumberRange, Optional

from matchmaker.events.forms import NAME, ChecksField, NamedForm
from matchmaker.forms import options
from matchmaker.languages import LANGUAGES
from matchmaker.participation.models import QuestionOption
from matchmaker.participation.questions import QuestionDetails
from matchmaker.participation.services import TypeDetails

MOST = 1000


def _limit(label: Any, least: int) -> IntegerField:
    sentence = _("Give a whole number from %(min)s to %(max)s.")
    checks = [Optional(), NumberRange(least, MOST, message=sentence)]
    return IntegerField(label, checks, render_kw={"min": least, "max": MOST})


class TypeForm(NamedForm):
    at_registration = BooleanField(_("People may choose it when they register"), default=True)
    by_hand = BooleanField(_("I validate each of them by hand"))
    max_meetings = _limit(_("Most meetings of each"), 1)
    request_limit = _limit(_("Most wishes that each may send"), 0)
    incoming_limit = _limit(_("Most wishes that each may get"), 0)

    def details(self) -> TypeDetails:
        return {
            "at_registration": self.at_registration.data,
            "by_hand": self.by_hand.data,
            "max_meetings": self.max_meetings.data,
            "request_limit": self.request_limit.data,
            "incoming_limit": self.incoming_limit.data,
        }


KIND_NAMES = {
    "text": _("A line of text"),
    "long": _("A longer text"),
    "choice": _("One of several choices"),
    "choices": _("Any of several choices"),
    "yes_no": _("Yes or no"),
}
SPARE = 4  # empty rows for new choices


class OptionForm(PlainForm):
    code = HiddenField()
    label_fr = StringField(_("In French"), [NAME])
    label_ar = StringField(_("In Arabic"), [NAME])
    label_en = StringField(_("In English"), [NAME])


class QuestionForm(NamedForm):
    """``name_…`` is the question itself."""

    name_fr = StringField(_("Question in French"), [NAME])
    name_ar = StringField(_("Question in Arabic"), [NAME])
    name_en = StringField(_("Question in English"), [NAME])
    hint_fr = StringField(_("Explanation in French"), [NAME])
    hint_ar = StringField(_("Explanation in Arabic"), [NAME])
    hint_en = StringField(_("Explanation in English"), [NAME])
    is_required = BooleanField(_("It must be answered"))
    audience = SelectField(
        _("Who sees the answers"),
        choices=options(
            [
                ("organisers", _("The organisers only")),
                ("participants", _("The confirmed participants as well")),
            ]
        ),
    )
    is_active = BooleanField(_("It is asked"), default=True)
    types = ChecksField(_("Of which types it is asked"))
    options = FieldList(FormField(OptionForm), max_entries=60)

    def details(self) -> QuestionDetails:
        return {
            "labels": self.texts("name"),
            "hints": self.texts("hint"),
            "is_required": self.is_required.data,
            "audience": self.audience.data,
            "is_active": self.is_active.data,
            "types": self.types.data or [],
            "options": [(row["code"] or "", _labels(row)) for row in self.options.data],
        }

    def show_options(self, rows: Sequence[QuestionOption]) -> None:
        """What is stored, and some empty rows."""
        if not self.is_submitted():
            for row in rows:
                labels = {f"label_{code}": row.labels.get(code, "") for code in LANGUAGES}
                self.options.append_entry({"code": row.code, **labels})
            for _number in range(SPARE):
                self.options.append_entry()


class NewQuestionForm(QuestionForm):
    kind = SelectField(_("Kind of answer"), choices=options(KIND_NAMES.items()))


def _labels(row: dict[str, str]) -> dict[str, str]:
    return {code: (row[f"label_{code}"] or "").strip() for code in LANGUAGES}
