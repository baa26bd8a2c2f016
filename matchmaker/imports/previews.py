"""What an import would do, as its preview shows it: remembered until something changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.events.models import Event
from matchmaker.imports.display import Sample, show_clashes, show_sample
from matchmaker.imports.models import Import
from matchmaker.imports.plans import Fault, Remark
from matchmaker.imports.remembering import Ledger
from matchmaker.imports.services import ledger_for, look_at
from matchmaker.journal.queries import stamp_of
from matchmaker.spreadsheets.columns import Recognised


@dataclass(frozen=True, kw_only=True)
class Preview:
    """In the language of who looks. ``good`` counts the rows that can be taken over."""

    total: int
    good: int
    counts: dict[str, int]
    faults: Sequence[Fault]
    remarks: Sequence[Remark]
    clashes: Sequence[dict[str, Any]]  # the first of them
    clashing: int
    sample: Sample
    found: Recognised
    fingerprint: str


def preview_of(session: Session, event: Event, import_: Import) -> Preview:
    """Refused, or its columns to be assigned, as with :func:`look_at`."""
    name, ledger = ("preview", current_language()), ledger_for(import_)
    stamp = stamp_of(session, event.id)  # first: what comes between is seen as missing
    return ledger.recall(name, stamp, partial(_work_out, session, event, import_, ledger))


def _work_out(session: Session, event: Event, import_: Import, ledger: Ledger) -> Preview:
    seen = look_at(session, event, import_, ledger)
    plan = seen.plan
    return Preview(
        total=plan.total,
        good=len(plan.rows),
        counts=plan.counts,
        faults=plan.faults,
        remarks=plan.remarks,
        clashes=show_clashes(plan, import_, seen.around),
        clashing=len(plan.clashes),
        sample=show_sample(plan, seen.sheet),
        found=seen.sheet.found,
        fingerprint=plan.fingerprint,
    )
