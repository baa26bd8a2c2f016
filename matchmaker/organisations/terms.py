"""What organisations chose from the lists of the event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.errors import Refusal
from matchmaker.organisations.models import LISTS, SINGLE, Organisation, OrganisationTerm
from matchmaker.vocabularies.models import Term

Chosen = Mapping[str, Sequence[str]]  # list → codes


def chosen_by(session: Session, organisation: Organisation) -> dict[str, list[str]]:
    """Every list with the codes chosen, in the order of the list."""
    rows = session.execute(
        select(OrganisationTerm.kind, OrganisationTerm.code)
        .join(
            Term,
            (Term.event_id == OrganisationTerm.event_id)
            & (Term.kind == OrganisationTerm.kind)
            & (Term.code == OrganisationTerm.code),
        )
        .where(
            OrganisationTerm.event_id == organisation.event_id,
            OrganisationTerm.organisation_id == organisation.id,
        )
        .order_by(Term.position, Term.code)
    )
    chosen: dict[str, list[str]] = {kind: [] for kind in LISTS}
    for kind, code in rows:
        chosen.setdefault(kind, []).append(code)
    return chosen


def set_terms(session: Session, organisation: Organisation, chosen: Chosen) -> None:
    """Exactly these, in the lists that are named; other lists stay as they are."""
    rows = {
        (row.kind, row.code): row
        for row in session.scalars(
            select(OrganisationTerm).where(
                OrganisationTerm.event_id == organisation.event_id,
                OrganisationTerm.organisation_id == organisation.id,
                OrganisationTerm.kind.in_(chosen),
            )
        )
    }
    wanted = {(kind, code) for kind, codes in chosen.items() for code in codes if code}
    _check(session, organisation.event_id, wanted)
    for key in sorted(set(rows) - wanted):
        session.delete(rows[key])
    session.flush()  # of a single one the old goes before the new comes
    for kind, code in sorted(wanted - set(rows)):
        session.add(
            OrganisationTerm(
                event_id=organisation.event_id,
                organisation_id=organisation.id,
                kind=kind,
                code=code,
            )
        )
    session.flush()


def _check(session: Session, event_id: str, wanted: set[tuple[str, str]]) -> None:
    """A clear sentence before the database would stop with one of its own."""
    codes = {code for _kind, code in wanted}
    known = session.execute(
        select(Term.kind, Term.code).where(Term.event_id == event_id, Term.code.in_(codes))
    )
    if not wanted <= {(kind, code) for kind, code in known}:
        raise Refusal(_("This is not in the list any more. Choose again."))
    kinds = [kind for kind, _code in wanted]
    if any(kinds.count(kind) > 1 for kind in SINGLE):
        raise Refusal(_("Choose one only."))
