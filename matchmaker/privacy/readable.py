"""What is kept about a person, for reading: tables and columns in words instead of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from matchmaker.privacy.collecting import Rows

TABLES = {
    "account": _("Account"),
    "login": _("Browsers that are signed in"),
    "sign_in_link": _("Sign-in links"),
    "membership": _("Roles"),
    "mail": _("Mails to you"),
    "participant": _("Participation"),
    "participant_seat": _("Parallel meetings"),
    "attendance": _("Sessions attended"),
    "absence": _("Absences"),
    "answer": _("Answers to the organisers’ questions"),
    "answer_option": _("Choices in the organisers’ questions"),
    "registration": _("Registrations that are under way"),
    "wish": _("Wishes"),
    "person_booking": _("Meetings"),
    "entry": _("Marketplace entries"),
    "entry_term": _("Terms of marketplace entries"),
    "notice": _("News for you"),
    "stopped_kind": _("Mails that you stopped"),
    "agenda_known": _("Agendas that you know"),
    "meeting_note": _("Notes on meetings"),
    "move_request": _("Questions to move meetings"),
    "cancellation": _("Meetings that you cancelled"),
    "bookmark": _("Bookmarks"),
    "booking": _("Times that you chose for meetings"),
    "catalogue_number": _("Number in the printed catalogue"),
    "remark": _("Questions and answers about wishes"),
    "mailing_recipient": _("Mailings written to you"),
    "document": _("What the search knows of you"),
    "list_columns": _("Columns of your list of participants"),
    "pause_taker": _("Pauses that you take"),
    "rest_wish": _("Rest that you want"),
    "programme_signup": _("Programme items that you signed up for"),
}
FIELDS = {
    "email": _("E-mail address"),
    "address": _("E-mail address"),
    "name": _("Name"),
    "names": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "job": _("Job"),
    "phone": _("Phone"),
    "shares_email": _("Partners see the e-mail address"),
    "shares_phone": _("Partners see the telephone"),
    "kind": _("Type"),
    "type_code": _("Type"),
    "language": _("Language"),
    "spoken": _("Languages spoken"),
    "reference": _("Reference"),
    "is_admin": _("Runs this installation"),
    "created_at": _("Since"),
    "disabled_at": _("Disabled"),
    "expires_at": _("Ends"),
    "used_at": _("Used"),
    "next_path": _("Leads to"),
    "event_id": _("Event"),
    "role": _("Role"),
    "delegation_id": _("Delegation"),
    "organisation_id": _("Organisation"),
    "place_id": _("Place"),
    "seats": _("Parallel meetings"),
    "seat": _("Seat"),
    "remote": _("Takes part online"),
    "max_meetings": _("Meetings at most"),
    "state": _("State"),
    "consent_version": _("Consent to version"),
    "consent_at": _("Consent given"),
    "team_role": _("Role in the team"),
    "lets_act": _("Lets colleagues act"),
    "question_id": _("Question"),
    "said": _("What you have said so far"),
    "slot_id": _("Slot"),
    "session_id": _("Session"),
    "to_id": _("To"),
    "to_organisation_id": _("To the organisation"),
    "grade": _("Grade"),
    "message": _("Message"),
    "rank": _("Order"),
    "title": _("Title"),
    "columns": _("Columns"),
    "text": _("Text"),
    "is_active": _("Shown"),
    "code": _("Term"),
    "number": _("Number"),
    "subject": _("Subject"),
    "sent_at": _("Sent"),
    "meeting_id": _("Meeting"),
    "version_id": _("Version"),
    "due_at": _("Due"),
    "asked_at": _("Asked"),
    "is_late": _("After the closing"),
    "answered_at": _("Answered"),
    "warned_at": _("Warned"),
    "attends_all": _("Attends every session"),
    "stopped_at": _("Stopped"),
    "told_id": _("Version told by mail"),
    "seen_id": _("Version seen"),
    "words": _("Notes for yourself"),
    "changed_at": _("Changed"),
    "finished_at": _("Finished"),
    "asker_id": _("Asked by"),
    "answerer_id": _("To"),
    "slots": _("Times"),
    "is_whole": _("All meetings"),
    "undone_at": _("Taken back"),
    "pause_id": _("Pause taken"),
    "mailing_id": _("Mailing"),
    "in_a_row": _("Meetings in a row at most"),
    "item_id": _("Programme item"),
    "since": _("Since"),
}
# Of the machinery alone; the file for machines has them.
INNER = {
    "id", "email_key", "password_hash", "token_hash", "agenda_secret", "account_id", "imported",
    "participant_id", "from_id", "author_id", "entry_id", "position", "side", "wish_id", "cause",
    "body",
    "attempt", "next_try_at", "claimed_at", "about", "mail_id", "enclosure", "failure",
    "html", "stop_url", "reply_to", "titles", "texts", "name_key", "organisation_key", "codes",
    "digest", "state_before", "changes", "booker_id", "way", "sender_name",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One table: its title, the titles of its columns, and its rows of texts."""

    title: str
    columns: list[str]
    rows: list[list[str]]


def put_into_words(found: Mapping[str, Rows]) -> list[Part]:
    return [_part(name, rows) for name, rows in found.items()]


def _part(name: str, rows: Rows) -> Part:
    shown = [column for column in rows[0] if column not in INNER and _has_value(rows, column)]
    return Part(
        title=str(TABLES.get(name, name.replace("_", " "))),
        columns=[str(FIELDS.get(column, column.replace("_", " "))) for column in shown],
        rows=[[_text(row[column]) for column in shown] for row in rows],
    )


def _has_value(rows: Rows, column: str) -> bool:
    return any(row[column] not in (None, "", [], {}) for row in rows)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return str(_(", ")).join(map(_text, value))
    if isinstance(value, dict):
        return str(_(", ")).join(key + str(_(": ")) + _text(part) for key, part in value.items())
    return "" if value is None else str(value)
