"""Imports: uploaded, planned anew at each look, taken over once or dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.forms import clean_text
from matchmaker.imports.columns import match, refuse_twins
from matchmaker.imports.comparing import CHOICES, KEEP, Answers
from matchmaker.imports.kinds import KINDS
from matchmaker.imports.models import Import
from matchmaker.imports.plans import Fault, Plan
from matchmaker.imports.remembering import Key, Ledger, forget, ledger_of
from matchmaker.imports.rows import Sheet
from matchmaker.imports.surroundings import Surroundings, look_around
from matchmaker.imports.titles import chosen_titles
from matchmaker.spreadsheets.columns import recognise
from matchmaker.spreadsheets.reading import Table

LONGEST_FILE_NAME = 200
EMPTIED: dict[str, Any] = {"rows": {}, "header": []}


def add_import(
    session: Session,
    event: Event,
    account: Account,
    *,
    kind: str,
    table: Table,
    file_name: str,
) -> Import:
    """Keep a table for its preview; refused where a needed column is missing. What was kept of
    an earlier one of the same kind goes, so that nobody's data lie about. Commits.
    """
    chosen = chosen_titles(session, event.id, kind)
    match(table.header, KINDS[kind].columns, KINDS[kind].needed, chosen)
    return add_unassigned(session, event, account, kind=kind, table=table, file_name=file_name)


def add_unassigned(
    session: Session,
    event: Event,
    account: Account,
    *,
    kind: str,
    table: Table,
    file_name: str,
) -> Import:
    """The same for a table whose columns somebody assigns by hand before its preview. Commits."""
    refuse_twins(table.header, recognise(table.header, KINDS[kind].columns))
    if not table.rows:
        raise Refusal(_("There is a header and no row below it. Choose a file with data."))
    _forget_earlier(session, event, kind)
    row = Import(
        event_id=event.id,
        kind=kind,
        file_name=clean_text(file_name)[-LONGEST_FILE_NAME:],
        encoding=table.encoding or table.sheet[:40],
        separator=table.separator,
        header=list(table.header),
        rows={"rows": table.rows, "other_sheets": table.other_sheets},
        created_by=account.id,
    )
    session.add(row)
    session.commit()
    forget(event.id, kind)
    return row


def _forget_earlier(session: Session, event: Event, kind: str) -> None:
    """The preview that nobody took over, and the faulty rows of the import before."""
    earlier = update(Import).where(Import.event_id == event.id, Import.kind == kind)
    preview, taken = (earlier.where(Import.state == state) for state in ("preview", "taken"))
    session.execute(preview.values(state="dropped", **EMPTIED))
    session.execute(taken.values(**EMPTIED))


def ledger_for(import_: Import) -> Ledger:
    """Nothing is remembered of one that is over."""
    if import_.state != "preview":
        return Ledger()
    return ledger_of(Key(import_.event_id, import_.kind, import_.id))


def sheet_of(session: Session, import_: Import, ledger: Ledger) -> Sheet:
    """The rows that wait, with what is known of their columns; refused where a needed one is
    missing.
    """
    header, kind = import_.header, KINDS[import_.kind]
    chosen = chosen_titles(session, import_.event_id, import_.kind)
    found = match(header, kind.columns, kind.needed, chosen)
    return Sheet(header, [(number, cells) for number, cells in import_.rows["rows"]], found, ledger)


def plan_import(session: Session, event: Event, import_: Import) -> Plan:
    """What taking over would do now."""
    return look_at(session, event, import_, ledger_for(import_)).plan


@dataclass(frozen=True)
class Preview:
    """What taking over would do, and from what it follows."""

    sheet: Sheet
    around: Surroundings
    plan: Plan


def look_at(session: Session, event: Event, import_: Import, ledger: Ledger) -> Preview:
    if import_.state != "preview":
        raise Refusal(_("This import is over. Upload the file again for another one."))
    is_large = len(import_.rows["rows"]) > KINDS[import_.kind].most_remembered
    sheet = sheet_of(session, import_, Ledger() if is_large else ledger)
    around = look_around(session, event)
    return Preview(sheet, around, KINDS[import_.kind].plan(session, around, sheet))


def take_over(
    session: Session,
    event: Event,
    import_: Import,
    *,
    choice: str = KEEP,
    agreed: bool = False,
    fingerprint: str = "",
) -> dict[str, int]:
    """Enter the good rows, all of them or none. Commits.

    ``agreed``: the organiser says that the people of these rows have agreed to be shown.
    ``fingerprint``: of the plan that was looked at; refused where it would be another now.
    """
    try:
        answers = Answers(choice, agreed, import_.created_by)
        counts = _take_over(session, event, import_, answers, fingerprint)
        session.commit()
    except IntegrityError:
        session.rollback()
        raise _overtaken() from None
    except BaseException:
        session.rollback()
        raise
    finally:  # not before: whoever looks meanwhile would remember it again
        forget(event.id, import_.kind)
    return counts


def _take_over(
    session: Session, event: Event, import_: Import, answers: Answers, fingerprint: str
) -> dict[str, int]:
    if answers.choice not in CHOICES:
        raise Refusal(_("Choose what happens to what was edited here."))
    _claim(session, import_)
    around = look_around(session, event)
    kind = KINDS[import_.kind]
    plan = kind.plan(session, around, sheet_of(session, import_, Ledger()))
    if fingerprint and plan.fingerprint != fingerprint:
        raise _overtaken()
    counts = kind.save(session, around, plan, answers)
    counts["faulty"] = len(plan.faulty_rows)
    counts["unchanged"] = plan.total - sum(counts.values())
    import_.state, import_.report = "taken", counts
    _keep_faulty(import_, plan)
    session.flush()
    return counts


def _keep_faulty(import_: Import, plan: Plan) -> None:
    """Whoever presses the button first can still read why a row was left out, and correct it."""
    faulty = plan.faulty_rows
    rows = [row for row in import_.rows["rows"] if row[0] in faulty]
    faults = [[fault.row, fault.column, str(fault.sentence)] for fault in plan.faults]
    import_.rows = {"rows": rows, "faults": faults} if faulty else {}
    import_.header = import_.header if faulty else []


def faults_of(import_: Import) -> list[Fault]:
    """Why rows of an import that was taken over were left out, as long as they are kept."""
    return [Fault(*fault) for fault in import_.rows.get("faults", ())]


def _claim(session: Session, import_: Import) -> None:
    """Of two who press the button at once, one comes second and is told."""
    claimed = session.execute(
        update(Import)
        .where(Import.event_id == import_.event_id, Import.id == import_.id)
        .where(Import.state == "preview")
        .values(state="taken")
        .execution_options(synchronize_session=False)
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]
        raise Refusal(_("This import is over. Upload the file again for another one."))


def drop(session: Session, import_: Import) -> None:
    """Import nothing, or nothing more, and forget the rows. Commits."""
    if import_.state == "preview":
        import_.state = "dropped"
    import_.rows, import_.header = {}, []
    session.commit()
    forget(import_.event_id, import_.kind)


def _overtaken() -> Refusal:
    return Refusal(
        _(
            "The event was changed since this preview was made. "
            "Nothing was imported; look at the new preview."
        )
    )
