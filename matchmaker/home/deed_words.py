"""The words of the log: each kind of row and each verb."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

ACTIONS: dict[str, Any] = {
    "added": _("added"),
    "changed": _("changed"),
    "removed": _("removed"),
    "published": _("published"),
    "unpublished": _("publication taken back"),
    "amended": _("placed without moving others"),
    "scheduled": _("solved"),
    "sent": _("sent"),
    "copied": _("copied from an earlier edition"),
    "opened": _("opened for changes"),
    "undone": _("taken back"),
    "consented": _("consent recorded"),
    "sent_away": _("sent away from the team"),
    "acted_for": _("acted for somebody"),
    "erased": _("erased"),
    "merged": _("merged with another"),
}
TABLES: dict[str, Any] = {
    "absence": _("Absences"),
    "account": _("Accounts"),
    "answer": _("Answers to the organisers’ questions"),
    "answer_option": _("Choices in the organisers’ questions"),
    "attendance": _("Sessions attended"),
    "barred": _("Who may ask whom"),
    "booking": _("Times that you chose for meetings"),
    "bookmark": _("Bookmarks"),
    "cancellation": _("Cancelled meetings"),
    "cancelled_meeting": _("Cancelled meetings"),
    "capacity_study": _("Capacity"),
    "catalogue_number": _("Numbers in the printed catalogue"),
    "delegation": _("Delegations"),
    "draft_change": _("Changes on the board"),
    "entry": _("Marketplace entries"),
    "entry_term": _("Terms of marketplace entries"),
    "event": _("Set-up"),
    "event_limits": _("Rest and limits"),
    "import": _("Imports"),
    "import_title": _("Columns of imports"),
    "interpreter": _("Interpreters"),
    "interpreter_absence": _("Shifts of interpreters"),
    "interpreter_booking": _("Meetings of interpreters"),
    "logo": _("Logos"),
    "look": _("Look of the event"),
    "look_picture": _("Look of the event"),
    "mailing": _("Mailings"),
    "mail_settings": _("Mails"),
    "meeting_note": _("Notes on meetings"),
    "member_count": _("Compositions of clusters"),
    "membership": _("Roles"),
    "move_request": _("Questions to move meetings"),
    "organisation": _("Organisations"),
    "organisation_term": _("Profiles of organisations"),
    "participant": _("Participants"),
    "participant_seat": _("Parallel meetings"),
    "participation_type": _("Participation types"),
    "pause": _("Pauses within sessions"),
    "pause_slot": _("Pauses within sessions"),
    "pause_taker": _("Who takes a pause"),
    "person_booking": _("Meetings of participants"),
    "phase": _("Phases"),
    "place": _("Places"),
    "place_booking": _("Meetings at places"),
    "place_closure": _("Closed places"),
    "place_seat": _("Seats of places"),
    "print_pack": _("Print packs"),
    "publication": _("What is published"),
    "question": _("Questions"),
    "question_option": _("Options of questions"),
    "question_type": _("Who is asked a question"),
    "registration": _("Registrations that are under way"),
    "remark": _("Questions and answers about wishes"),
    "request_rules": _("Rules of requests"),
    "rest_wish": _("Who wants rest"),
    "scheduled_meeting": _("Meetings"),
    "segment": _("Segments"),
    "session": _("Sessions"),
    "session_limit": _("Rest and limits"),
    "session_times": _("How times are fixed"),
    "slot": _("Slots"),
    "stopped_kind": _("Mails that were stopped"),
    "term": _("Lists"),
    "time_rules": _("How times are fixed"),
    "unplaced_meeting": _("Wishes not placed"),
    "version": _("Schedules"),
    "walk": _("Ways between zones"),
    "wish": _("Wishes"),
    "wish_entry": _("Wishes for marketplace entries"),
    "zone": _("Zones"),
}


def table_text(table: str) -> str:
    """The kind of row in words; one that is known no longer, as it is."""
    return str(TABLES.get(table, table))


def action_text(action: str) -> str:
    return str(ACTIONS.get(action, action))
