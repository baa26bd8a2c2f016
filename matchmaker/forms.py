"""The base form: clean input once, at the edge, and speak the reader's language."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField

NUL = "\x00"


def clean_text(value: Any) -> Any:
    """Text without surrounding space and without characters that no database keeps."""
    if not isinstance(value, str):
        return value
    return value.replace(NUL, "").encode("utf-8", "replace").decode("utf-8").strip()


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Every text field is stripped; ``refuse`` puts a service's sentence on the form."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            if issubclass(unbound_field.field_class, StringField | TextAreaField):
                filters = [*unbound_field.kwargs.get("filters", ()), clean_text]
                options = {**options, "filters": filters}
                unbound_field.kwargs.pop("filters", None)
            field: Field = unbound_field.bind(form=form, **options)
            return field

    def refuse(self, sentence: str) -> None:
        self.form_errors.append(sentence)
