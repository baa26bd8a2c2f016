"""Uploading a spreadsheet or pasting its cells."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, TextAreaField

from matchmaker.forms import Form, options
from matchmaker.imports.comparing import FILE, KEEP, NEWER
from matchmaker.imports.kinds import KINDS


class UploadForm(Form):
    kind = RadioField(
        _("What is in the list?"),
        default="participants",
    )
    file = FileField(_("File (XLSX, CSV or JSON)"))
    cells = TextAreaField(_("Or paste cells here"))

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.kind.choices = options((name, kind.label) for name, kind in KINDS.items())

    def validate(self, extra_validators: object = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if not self.file.data and not self.cells.data:
            self.file.errors = [_("Choose a file or paste cells.")]
            return False
        return valid


class TakeOverForm(Form):
    choice = RadioField(
        _("What was edited here and is different in the file"),
        choices=options(
            [
                (KEEP, _("Keep what is here")),
                (
                    NEWER,
                    _("Take the file's value where the file has changed since its last import"),
                ),
                (FILE, _("Take all of the file's values")),
            ]
        ),
        default=KEEP,
    )
    agreed = BooleanField(
        _(
            "These people have agreed to be shown to the other participants "
            "(name, organisation, position, country, languages)"
        )
    )
