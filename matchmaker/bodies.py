"""What is sent to us: a body that was refused once stays refused, whoever asks for it next."""

from __future__ import annotations

from flask import Request as FlaskRequest
from werkzeug.exceptions import RequestEntityTooLarge

__all__ = ["Request"]


class Request(FlaskRequest):
    """Read half, a body that is too large would be read on from there, as a form without fields:
    whoever forgives the first refusal (the page's language does) would let a page save nothing
    in place of what was sent."""

    _refused: RequestEntityTooLarge | None = None

    def _load_form_data(self) -> None:
        if self._refused is not None:
            raise self._refused
        try:
            super()._load_form_data()
        except RequestEntityTooLarge as refused:
            self._refused = refused
            raise
