"""The forms of an event's look."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import ColorField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from matchmaker.events.forms import TEXT
from matchmaker.events.models import Event
from matchmaker.forms import Form
from matchmaker.languages import LANGUAGES
from matchmaker.looks.colours import OWN, read_colour
from matchmaker.looks.queries import Worn
from matchmaker.looks.services import LONGEST_FOOTER, LONGEST_SENDER

FOOTER = Length(max=LONGEST_FOOTER, message=_("At most %(max)d characters."))
SENDER = Length(max=LONGEST_SENDER, message=_("At most %(max)d characters."))
TYPED = {"dir": "ltr", "size": 9, "spellcheck": "false"}


class LookForm(Form):
    """The colour can be picked or typed; ``shown`` says what the picker held at first, so that
    it is known which of the two somebody has touched.
    """

    picked = ColorField(_("Pick a colour"))
    shown = HiddenField()
    colour = StringField(_("Or type it"), [Length(max=20)], render_kw=TYPED)
    welcome_fr = TextAreaField(_("Welcome in French"), [TEXT])
    welcome_ar = TextAreaField(_("Welcome in Arabic"), [TEXT])
    welcome_en = TextAreaField(_("Welcome in English"), [TEXT])
    footer_fr = TextAreaField(_("Footer in French"), [FOOTER])
    footer_ar = TextAreaField(_("Footer in Arabic"), [FOOTER])
    footer_en = TextAreaField(_("Footer in English"), [FOOTER])
    sender_fr = StringField(_("Signature in French"), [SENDER])
    sender_ar = StringField(_("Signature in Arabic"), [SENDER])
    sender_en = StringField(_("Signature in English"), [SENDER])

    def show(self, worn: Worn, event: Event) -> None:
        """What is stored, on a form that is not sent yet."""
        if self.is_submitted():
            return
        self.colour.data = worn.colour
        for name, texts in self._texts(worn, event):
            for code in LANGUAGES:
                self[f"{name}_{code}"].data = texts.get(code, "")

    def settle(self) -> None:
        """Both fields say the chosen colour from now on."""
        if self.is_submitted() and self.picked.data != self.shown.data == self._typed():
            self.colour.data = self.picked.data
        self.picked.data = self.shown.data = self._typed()

    def settings(self) -> dict[str, Any]:
        """The keyword arguments of the service."""
        texts = {"welcome": "welcome", "footers": "footer", "senders": "sender"}
        said = {
            name: {code: self[f"{prefix}_{code}"].data or "" for code in LANGUAGES}
            for name, prefix in texts.items()
        }
        return {"colour": self.colour.data or "", **said}

    def _typed(self) -> str:
        """What the picker shows for what is typed."""
        return read_colour(self.colour.data or "") or OWN

    @staticmethod
    def _texts(worn: Worn, event: Event) -> list[tuple[str, dict[str, str]]]:
        return [("welcome", event.welcome), ("footer", worn.footers), ("sender", worn.senders)]


class LogoForm(Form):
    logo = FileField(_("File"), render_kw={"accept": "image/png,image/jpeg,image/webp"})
