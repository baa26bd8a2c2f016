"""A refusal is a sentence for the user; a bug is a crash."""

from __future__ import annotations


class Refusal(Exception):
    """Something the user asked for is not possible; the text is a full sentence that names
    place and cure, already in the user's language (built with gettext).
    """
