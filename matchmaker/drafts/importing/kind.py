"""Meetings as a kind of list that can be imported."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from matchmaker.drafts.importing.base import Base, imported_draft
from matchmaker.drafts.importing.planning import plan_meetings
from matchmaker.drafts.importing.saving import save_meetings
from matchmaker.events.models import Event
from matchmaker.imports.kinds import KINDS, Kind
from matchmaker.imports.meeting_columns import COLUMNS, NEEDED


def about(session: Session, event: Event) -> str:
    version = Base.of(session, event).version
    never = gettext("Nothing is published by an import: you look at the draft, then publish it.")
    if version is None:
        compared = gettext("Nothing is published yet: the meetings become a new draft.")
    elif version.is_open:
        compared = gettext("Compared with the draft of an earlier import, which is changed.")
    else:
        compared = gettext("Compared with the published schedule; what changes, a new draft.")
    return f"{compared} {never}"


def leads(session: Session, event: Event) -> tuple[str, str]:
    draft = imported_draft(session, event)
    if draft is None:
        return gettext("Schedule"), url_for("schedules.index", event_id=event.id)
    url = url_for("drafts.board", event_id=event.id, draft_id=draft.id)
    return gettext("Look at the draft"), url


KINDS["meetings"] = Kind(
    label=_("Meetings"),
    columns=COLUMNS,
    needed=NEEDED,
    plan=plan_meetings,
    save=save_meetings,
    about=about,
    leads=leads,
)
