"""The form behind every change of a draft."""

from __future__ import annotations

from wtforms import HiddenField

from matchmaker.forms import Form


class ChangeForm(Form):
    """``seen``: the revision that the page showed; ``kind`` is the change, of ``meeting``:
    a move to ``slot`` and ``place`` (``any`` lets the server choose it) or a swap with ``other``.
    """

    seen = HiddenField()
    kind = HiddenField()
    meeting = HiddenField()
    slot = HiddenField()
    place = HiddenField()
    other = HiddenField()
    number = HiddenField()

    @property
    def revision(self) -> int:
        return _number(self.seen.data)

    @property
    def change(self) -> int:
        return _number(self.number.data)


def _number(text: object) -> int:
    value = str(text or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
