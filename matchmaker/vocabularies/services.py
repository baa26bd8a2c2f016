"""Lists extended, renamed, ordered. Nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.names import checked_texts
from matchmaker.folding import fold
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.queries import terms_of
from matchmaker.vocabularies.words import free_code

MOST_TERMS = 5000


def add_term(session: Session, event: Event, kind: str, labels: Texts) -> Term:
    """A new last line of a list, flushed."""
    terms = terms_of(session, event.id, kind)
    if len(terms) >= MOST_TERMS:
        raise Refusal(_("This list is full. Remove what nobody uses first."))
    kept = _checked(labels)
    _refuse_double(kept, terms)
    code = free_code(next(iter(kept.values())), {term.code for term in terms})
    term = Term(event_id=event.id, kind=kind, code=code, labels=kept)
    term.position = max((other.position for other in terms), default=0) + 1
    try:
        with session.begin_nested():
            session.add(term)
    except IntegrityError:  # somebody else added it at the same moment
        raise _already(next(iter(kept.values()))) from None
    return term


def change_term(session: Session, term: Term, labels: Texts, *, is_active: bool) -> None:
    """Other labels, offered or hidden; whatever uses it keeps it, as its code stays."""
    kept = _checked(labels)
    others = [
        other for other in terms_of(session, term.event_id, term.kind) if other.code != term.code
    ]
    _refuse_double(kept, others)
    term.labels, term.is_active = kept, is_active
    session.flush()


def move_term(session: Session, term: Term, position: int) -> None:
    """To this place in its list, counted from 1; the others close up."""
    terms = [
        other for other in terms_of(session, term.event_id, term.kind) if other.code != term.code
    ]
    place = min(max(position, 1), len(terms) + 1) - 1
    terms.insert(place, term)
    for number, other in enumerate(terms, 1):
        other.position = number
    session.flush()


def remove_term(session: Session, term: Term) -> None:
    """Only what nothing uses; the database holds that."""
    label = next(iter(term.labels.values()), term.code)
    try:
        with session.begin_nested():
            session.delete(term)
    except IntegrityError:
        raise Refusal(
            _("“%(label)s” is in use and stays. Hide it, then nobody can choose it.", label=label)
        ) from None


def _checked(labels: Texts) -> Texts:
    """At least one label, each with letters or digits."""
    kept = {code: " ".join(text.split()) for code, text in checked_texts(labels).items()}
    kept = {code: text for code, text in kept.items() if fold(text)}
    if not kept:
        raise Refusal(_("Give a name in at least one language."))
    return kept


def _refuse_double(labels: Texts, others: Iterable[Term]) -> None:
    words = {fold(label) for term in others for label in term.labels.values()}
    for label in labels.values():
        if fold(label) in words:
            raise _already(label)


def _already(label: str) -> Refusal:
    return Refusal(_("“%(label)s” is in this list already.", label=label))
