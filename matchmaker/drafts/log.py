"""The log of a draft: who changed what since when, and what an undo or redo would take back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.drafts.models import Change
from matchmaker.drafts.states import State, state_from
from matchmaker.schedules.models import Version
from matchmaker.schedules.names import Names, isolated

Entry = tuple[Change, str]


@dataclass(frozen=True)
class Steps:
    """What somebody can undo and redo next."""

    undo: Change | None
    redo: Change | None


def changes_since(session: Session, version: Version, number: int) -> Sequence[Change]:
    return session.scalars(
        select(Change)
        .where(Change.event_id == version.event_id, Change.version_id == version.id)
        .where(Change.number > number)
        .order_by(Change.number)
    ).all()


def newest_changes(session: Session, version: Version, limit: int) -> list[Entry]:
    """With the name of who made each."""
    rows = session.execute(
        select(Change, Account.name, Account.email)
        .outerjoin(Account, Account.id == Change.account_id)
        .where(Change.event_id == version.event_id, Change.version_id == version.id)
        .order_by(Change.number.desc())
        .limit(limit)
    )
    return [(change, name or email or _("Somebody")) for change, name, email in rows]


def last_change_of(
    session: Session, version: Version, names: Collection[str], since: int
) -> Change | None:
    """The newest change after that revision which touches one of these meetings."""
    for change in reversed(changes_since(session, version, since)):
        if not {*change.before, *change.after}.isdisjoint(names):
            return change
    return None


def steps_of(session: Session, version: Version, account_id: str | None) -> Steps:
    """Of one's own changes: the newest that still holds, and the newest undo after it."""
    changes = changes_since(session, version, 0)
    taken_back = _taken_back(changes)
    undos = {change.number for change in changes if change.kind == "undo"}
    redo = None
    for change in reversed(changes):
        if change.account_id != account_id or change.number in taken_back:
            continue
        if change.kind != "undo":
            return Steps(change, redo)
        if redo is None and change.undone not in undos:
            redo = change
    return Steps(None, redo)


def _taken_back(changes: Sequence[Change]) -> set[int]:
    """The numbers of those that hold no more; an undo that was undone takes nothing back."""
    found: set[int] = set()
    for change in reversed(changes):
        if change.undone is not None and change.number not in found:
            found.add(change.undone)
    return found


def told(session: Session, change: Change, names: Names) -> Markup:
    """``Dounia has moved Amal – Bilal to 09:25, T02.``"""
    account = session.get(Account, change.account_id) if change.account_id else None
    who = (account.name or account.email) if account else _("Somebody")
    return deed(change, who, names)


def deed(change: Change, who: str, names: Names) -> Markup:
    touched = [*dict.fromkeys([*change.after, *change.before])]
    meetings = Markup(", ").join(names.meeting(name) for name in touched[:2])
    state = state_from(change.after.get(touched[0])) if touched else State(None)
    values = {
        "who": isolated(who),
        "meeting": meetings,
        "where": where(state, names),
        "count": len(touched),
    }
    return Markup(_templates(change.kind)) % values


def where(state: State, names: Names) -> Markup:
    if state.placed is None:
        return Markup(_("not placed"))
    place = state.placed.place or state.placed.room
    shown = isolated(names.place(place)) if place else Markup(_("Online"))
    return isolated(names.slot(state.placed.slot)) + Markup(_(", ")) + shown


def _templates(kind: str) -> str:
    return str(
        {
            "open": _("%(who)s has opened the draft."),
            "move": _("%(who)s has moved %(meeting)s: %(where)s."),
            "swap": _("%(who)s has exchanged %(meeting)s."),
            "place": _("%(who)s has placed %(meeting)s: %(where)s."),
            "cancel": _("%(who)s has taken out %(meeting)s."),
            "lock": _("%(who)s has locked %(meeting)s."),
            "unlock": _("%(who)s has unlocked %(meeting)s."),
            "solve": _("%(who)s has let the engine change the draft (meetings: %(count)s)."),
            "import": _("%(who)s has imported a file into the draft (meetings: %(count)s)."),
            "undo": _("%(who)s has undone a change of %(meeting)s: %(where)s."),
        }[kind]
    )
