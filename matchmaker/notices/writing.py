"""Who writes the words of each kind, and who knows the people: declared by features above."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.mails.letters import Block
from matchmaker.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Recipient:
    """A participant to be written to."""

    event_id: str
    id: str
    name: str
    email: str
    language: str
    state: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What a mail says of one kind; with others in one mail the subject is its heading."""

    subject: str
    blocks: tuple[Block, ...]
    enclosure: Mapping[str, str] = field(default_factory=dict)


# All notices of one kind to one person at once; None where nothing is left to tell.
Writer = Callable[[Session, Event, Recipient, Sequence[Notice]], Passage | None]
Book = Callable[[Session, str, str], Recipient | None]
_writers: dict[str, Writer] = {}
_books: list[Book] = []


def writes(*kinds: str) -> Callable[[Writer], Writer]:
    """Declare who writes these kinds; called in the recipient's language."""

    def declare(writer: Writer) -> Writer:
        _writers.update(dict.fromkeys(kinds, writer))
        return writer

    return declare


def recipients(book: Book) -> Book:
    """Declare who knows the participant of an event and an id."""
    _books.append(book)
    return book


def writer_of(kind: str) -> Writer:
    return _writers[kind]


def recipient_of(session: Session, event_id: str, participant_id: str) -> Recipient | None:
    found = (book(session, event_id, participant_id) for book in _books)
    return next((recipient for recipient in found if recipient), None)
