"""Registering on the event's page, without telling anybody who is registered already."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from matchmaker.accounts.links import (
    INVITATION_LASTS,
    add_link,
    invitation_lasts,
    link_block,
    mail_link,
)
from matchmaker.accounts.localisation import speak
from matchmaker.accounts.models import Account
from matchmaker.accounts.services import find_or_add_account
from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.events.phases import require_open
from matchmaker.languages import pick
from matchmaker.looks.dressing import dressed
from matchmaker.mails.letters import Letter
from matchmaker.mails.services import one_line, post
from matchmaker.organisations.services import find_or_add_organisation, find_organisation
from matchmaker.participants.answers import Said, set_answers
from matchmaker.participants.models import Participant
from matchmaker.participants.services import (
    Details,
    add_participant,
    find_participant,
    give_consent,
    set_absences,
    set_sessions,
    update,
)
from matchmaker.participants.team import join


@dataclass(frozen=True)
class Answers:
    """What a person says of themselves."""

    details: Details
    organisation: str
    sessions: list[str] = field(default_factory=list)
    absences: list[str] = field(default_factory=list)
    to_questions: Said | None = None  # None: as they were
    is_organisers: bool = False  # who says it: then nobody has to let the person into a team


def register(
    session: Session, event: Event, address: str, answers: Answers, signed_in: Account | None
) -> Participant | None:
    """Add the person and mail a link; or, where the address is registered already, change
    nothing, mail a link and return nobody. Both look the same to whoever asks. The caller commits.
    """
    require_open(session, event, "registration")
    participant = _claim(session, event, address, answers.details.get("type_code"))
    account = find_or_add_account(
        session, address, name=_name(answers.details), language=answers.details["language"]
    )
    if participant is None:
        mail_link(session, address, home_path(event))
        return None
    fill(session, event, participant, answers)
    give_consent(session, participant, event.consent_version)
    if signed_in is not None and signed_in.id == account.id:
        participant.account_id = account.id
    else:
        mail_welcome(session, event, account, participant)
    return participant


def save_answers(
    session: Session, event: Event, participant: Participant, answers: Answers
) -> None:
    """What a person changes of themselves, as a whole. Commits."""
    fill(session, event, participant, answers)
    session.commit()


def mail_welcome(
    session: Session, event: Event, account: Account, participant: Participant
) -> None:
    """The link with which a person comes to their own pages. The caller commits."""
    token = add_link(session, account, home_path(event), lasts=INVITATION_LASTS)
    with speak(participant.language):
        name = one_line(pick(event.names, participant.language))
        letter = _welcome_letter(participant, name, token)
    post(
        session,
        address=participant.email,
        language=participant.language,
        letter=dressed(session, event, letter, participant.language),
        event_id=event.id,
        reply_to=event.contact_email,
        sender_name=name,
    )


def home_path(event: Event) -> str:
    return f"/events/{event.slug}/me/"


def _claim(
    session: Session, event: Event, address: str, type_code: str | None
) -> Participant | None:
    """A new row under this address; None where there is one, or another request is faster."""
    if find_participant(session, event, email=address) is not None:
        return None
    try:
        return add_participant(session, event, email=address, type_code=type_code)
    except Refusal:
        return None


def fill(session: Session, event: Event, participant: Participant, answers: Answers) -> None:
    """Everything said, in the place of what was said before. The caller commits."""
    set_organisation(
        session, event, participant, answers.organisation, is_organisers=answers.is_organisers
    )
    update(session, participant, **answers.details)
    set_sessions(session, participant, answers.sessions)
    set_absences(session, participant, answers.absences)
    if answers.to_questions is not None:
        set_answers(session, participant, answers.to_questions)


def set_organisation(
    session: Session, event: Event, participant: Participant, name: str, *, is_organisers: bool
) -> None:
    """Of this name, new or known; none where it is empty. Whom an organiser puts into a team
    needs nobody to be let in.
    """
    is_new = bool(name) and find_organisation(session, event, name) is None
    organisation = find_or_add_organisation(session, event, name) if name else None
    join(session, participant, organisation, is_new=is_new)
    if is_organisers and participant.team_role == "applicant":
        participant.team_role = "member"
    session.flush()


def _name(details: Details) -> str:
    return f"{details['first_name']} {details['last_name']}".strip()


def _welcome_letter(participant: Participant, event_name: str, token: str) -> Letter:
    if participant.state == "validated":
        first = _("You are registered for \u201c%(event)s\u201d.", event=event_name)
    else:
        first = _(
            "Your registration for \u201c%(event)s\u201d has arrived. "
            "The organisers confirm each one; you can see on your page how it stands.",
            event=event_name,
        )
    return Letter(
        subject=_("Your registration: %(event)s", event=event_name),
        blocks=(
            _("Dear %(name)s,", name=participant.name),
            first,
            _("This link leads to your own page:"),
            link_block(token, _("My page")),
        ),
        foot=invitation_lasts(),
    )
