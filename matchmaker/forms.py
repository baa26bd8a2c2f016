"""The base form: clean input once, at the edge, and speak the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import request
from flask_babel import get_translations
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from matchmaker.database import db
from matchmaker.errors import Refusal

NUL = "\x00"
SPEAK = "speak"  # a language, pressed instead of the form's own button
Result = TypeVar("Result")


def clean_text(value: Any) -> Any:
    """Text without surrounding space and without characters that no database keeps."""
    if not isinstance(value, str):
        return value
    if not value.isascii():
        value = value.encode("utf-8", "replace").decode("utf-8")
    return value.replace(NUL, "").strip()


class Words:
    """WTForms' own sentences from our catalogues; its own have gaps in Arabic."""

    def gettext(self, text: str) -> str:
        return str(get_translations().ugettext(text))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return str(get_translations().ungettext(singular, plural, count))


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Every text field is stripped; ``refuse`` puts a service's sentence on the form."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            if issubclass(unbound_field.field_class, StringField | TextAreaField):
                filters = [*unbound_field.kwargs.get("filters", ()), clean_text]
                options = {**options, "filters": filters}
            field: Field = unbound_field.bind(form=form, **options)
            return field

        def get_translations(self, _form: Any) -> Words:
            return Words()

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        if "csrf_token" in self:
            self.csrf_token.render_kw = {"id": False}  # a page may hold several forms

    def validate_on_submit(self, extra_validators: Any = None) -> Any:
        """Not where another language was pressed: what is typed comes back in its words."""
        return SPEAK not in request.form and super().validate_on_submit(extra_validators)

    def refuse(self, sentence: str) -> None:
        self.form_errors.append(sentence)


def options(pairs: Iterable[tuple[Any, Any]], group: str | None = None) -> list[Any]:
    """The choices of a select field, from values and labels."""
    return [SelectChoice(value, label, optgroup=group) for value, label in pairs]


def kept(form: Form, deed: Callable[[], object]) -> bool:
    """Do it and keep it; or say on the form why not, and nothing has changed."""
    return outcome(form, lambda: (deed(),)) is not None


def outcome(form: Form, deed: Callable[[], Result]) -> Result | None:
    """Like :func:`kept`, for whoever needs what came of it."""
    try:
        result = deed()
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.refuse(str(refusal))
        return None
    return result
