"""Types and areas of a file find their terms in any language; what is new is said and added."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.terms import chosen_by, set_terms
from matchmaker.vocabularies.models import Term
from matchmaker.vocabularies.queries import terms_of
from matchmaker.vocabularies.services import change_term

HEADER = ("Email", "Organization name", "Organization type", "Areas of activities")


def row(kind: str, areas: str, name: str = "Atlas") -> tuple[str, ...]:
    return (f"{name}@people.example", name, kind, areas)


def said_by(session: Session, name: str = "Atlas") -> tuple[list[str], list[str]]:
    session.expire_all()
    organisation = session.scalars(select(Organisation).where(Organisation.name == name)).one()
    chosen = chosen_by(session, organisation)
    return chosen["type"], sorted(chosen["sector"])


def labels(session: Session, event: Event, kind: str) -> dict[str, dict[str, str]]:
    return {term.code: dict(term.labels) for term in terms_of(session, event.id, kind)}


@pytest.mark.parametrize("kind", ["SME", "PME", " pme ", "sme", "مقاولة صغيرة أو متوسطة"])
def test_a_type_is_known_by_code_and_in_every_language(
    desk: Any, session: Session, event: Event, kind: str
) -> None:
    plan = desk.plan("participants", HEADER, row(kind, "Eau; environment; الطاقة"))
    assert list(plan.remarks) == []
    desk.take("participants", HEADER, row(kind, "Eau; environment; الطاقة"))
    assert said_by(session) == (["sme"], ["energy", "environment", "water"])
    assert len(labels(session, event, "type")) == 10


def test_unknown_words_are_said_in_the_preview_and_become_terms(
    desk: Any, session: Session, event: Event
) -> None:
    rows = [
        row("Bureau d’études", "Water; Dessalement"),
        row("bureau d'études", "dessalement", "Rif"),
    ]
    plan = desk.plan("participants", HEADER, *rows)
    said = [(remark.row, remark.sentence) for remark in plan.remarks]
    assert [number for number, _sentence in said] == [2, 2]
    assert any("new type of organisation" in sentence for _row, sentence in said)
    assert any("Dessalement" in sentence and "new sector" in sentence for _row, sentence in said)
    assert "dessalement" not in labels(session, event, "sector")
    desk.take("participants", HEADER, *rows)
    assert labels(session, event, "sector")["dessalement"] == {"fr": "Dessalement"}
    assert said_by(session) == (*said_by(session, "Rif")[:1], ["dessalement", "water"])
    again = desk.plan("participants", HEADER, *rows)
    assert (again.counts["unchanged"], list(again.remarks)) == (2, [])


def test_a_file_with_the_old_name_of_a_renamed_term_changes_nothing(
    desk: Any, session: Session, event: Event
) -> None:
    rows = [row("PME", "Eau; Dessalement")]
    desk.take("participants", HEADER, *rows)
    for code in ("water", "dessalement"):
        term = session.scalars(select(Term).filter_by(kind="sector", code=code)).one()
        change_term(session, term, {"fr": f"Nouveau {code}"}, is_active=False)
    session.commit()
    plan = desk.plan("participants", HEADER, *rows)
    assert (plan.counts["unchanged"], list(plan.remarks)) == (1, [])


def test_what_was_edited_here_is_asked_about_and_shown_by_its_label(
    desk: Any, session: Session, event: Event
) -> None:
    desk.take("participants", HEADER, row("PME", "Eau"))
    organisation = session.scalars(select(Organisation)).one()
    set_terms(session, organisation, {"type": ["large"], "sector": ["energy"]})
    session.commit()
    rows = [row("Start-up", "Eau")]
    plan = desk.plan("participants", HEADER, *rows)
    clashes = [(clash.field, clash.here, clash.file) for _row, clash in plan.clashes]
    assert clashes == [
        ("organisation_kind", "large", "startup"),
        ("areas", ["energy"], ["water"]),
    ] or sorted(clashes) == [
        ("areas", ["energy"], ["water"]),
        ("organisation_kind", "large", "startup"),
    ]
    desk.take("participants", HEADER, *rows, choice="keep")
    assert said_by(session) == (["large"], ["energy"])
    desk.take("participants", HEADER, *rows, choice="file")
    assert said_by(session) == (["startup"], ["water"])


def test_a_dash_empties_and_faulty_rows_add_no_term(
    desk: Any, session: Session, event: Event
) -> None:
    desk.take("participants", HEADER, row("PME", "Eau"))
    desk.take("participants", HEADER, row("-", "–"))
    assert said_by(session) == ([], [])
    before = labels(session, event, "sector")
    desk.take("participants", HEADER, ("no address", "Rif", "Odd", "Odd area"), row("…", "x" * 300))
    assert labels(session, event, "sector") == before
