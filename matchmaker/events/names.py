"""Names and texts that organisers type, one per language, with fallback."""

from __future__ import annotations

from flask_babel import gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import span_text
from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import MeetingSession
from matchmaker.languages import LANGUAGES, pick

LONGEST_NAME = 200
LONGEST_TEXT = 5000


def checked_texts(texts: Texts, *, longest: int = LONGEST_NAME) -> Texts:
    """The texts without the empty ones; refuse what is too long or in no known language."""
    kept = {code: text.strip() for code, text in texts.items() if text and text.strip()}
    if set(kept) - set(LANGUAGES):
        raise Refusal(_("Texts can be given in French, Arabic and English."))
    for text in kept.values():
        if len(text) > longest:
            raise Refusal(
                _(
                    "“%(start)s…” has %(count)s characters: shorten it to %(longest)s.",
                    start=text[:30],
                    count=len(text),
                    longest=longest,
                )
            )
    return kept


def checked_names(texts: Texts) -> Texts:
    """Like :func:`checked_texts`, and at least one language must have a name."""
    kept = checked_texts(texts)
    if not kept:
        raise Refusal(_("Give a name in at least one language."))
    return kept


def label_of(session: MeetingSession) -> str:
    """What a session is called where it has no name: its hours."""
    language = current_language()
    return pick(session.names, language) or span_text(session.starts, session.ends, language)
