"""The lists of an event as forms and pages ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ForeignKeyConstraint, func, select
from sqlalchemy.orm import Session

from matchmaker.database import Base, Texts
from matchmaker.folding import fold
from matchmaker.languages import pick
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.starting import is_in_no_order

Labels = Mapping[str, Mapping[str, Texts]]  # kind → code → label in each language


def terms_of(session: Session, event_id: str, kind: str) -> Sequence[Term]:
    """One list in its order."""
    return session.scalars(
        select(Term)
        .where(Term.event_id == event_id, Term.kind == kind)
        .order_by(Term.position, Term.code)
    ).all()


def labels_of(session: Session, event_id: str) -> Labels:
    """Every label of every list, hidden terms included, each list in its order."""
    rows = session.execute(
        select(Term.kind, Term.code, Term.labels)
        .where(Term.event_id == event_id)
        .order_by(Term.kind, Term.position, Term.code)
    )
    found: dict[str, dict[str, Texts]] = {}
    for kind, code, labels in rows:
        found.setdefault(kind, {})[code] = labels
    return found


def choices_of(
    session: Session, event_id: str, kind: str, language: str, used: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Codes and labels to choose from; a hidden one only where it is in use already. A list that
    nobody has put in order is in the alphabet of the language.
    """
    terms = terms_of(session, event_id, kind)
    choices = [
        (term.code, pick(term.labels, language) or term.code)
        for term in terms
        if term.is_active or term.code in used
    ]
    if is_in_no_order(kind, [term.code for term in terms]):
        choices.sort(key=lambda choice: fold(choice[1]))
    return choices


def count_terms(session: Session, event_id: str) -> Counter[str]:
    rows = session.execute(
        select(Term.kind, func.count()).where(Term.event_id == event_id).group_by(Term.kind)
    )
    return Counter(dict(rows.all()))


def uses_of(session: Session, event_id: str, kind: str) -> Counter[str]:
    """How often each code of a list is used, wherever in the schema something refers to it."""
    return _count_uses(session, event_id, _holding(Term), kind)


def uses_of_codes(session: Session, event_id: str, model: type[Base]) -> Counter[str]:
    """The same for a table to which (event, code) refers."""
    return _count_uses(session, event_id, _holding(model))


def limits_to_codes(session: Session, event_id: str, model: type[Base]) -> Counter[str]:
    """How much is for a code only, or for a few: without the code it would be for all. What is
    said of two codes, such as who may ask whom, simply goes with either.
    """
    going = [key for key in _keys_to(model) if key.ondelete == "CASCADE"]
    tables = Counter(key.table for key in going)
    return _count_uses(session, event_id, [key for key in going if tables[key.table] == 1])


def _keys_to(model: type[Base]) -> list[ForeignKeyConstraint]:
    keys = (key for table in Base.metadata.tables.values() for key in table.foreign_key_constraints)
    return [key for key in keys if key.referred_table is model.__table__]


def _holding(model: type[Base]) -> list[ForeignKeyConstraint]:
    """Those that keep a code from being removed."""
    return [key for key in _keys_to(model) if key.ondelete != "CASCADE"]


def _count_uses(
    session: Session,
    event_id: str,
    keys: Iterable[ForeignKeyConstraint],
    kind: str | None = None,
) -> Counter[str]:
    uses: Counter[str] = Counter()
    for key in keys:
        event, *of_kind, code = key.columns
        counted = select(code, func.count()).where(event == event_id, code.is_not(None))
        if of_kind:
            counted = counted.where(of_kind[0] == kind)
        uses.update(dict(session.execute(counted.group_by(code)).all()))
    return uses
