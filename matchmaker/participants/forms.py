"""What a person says of themselves, and what an organiser says of them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from matchmaker.accounts.forms import ADDRESS
from matchmaker.accounts.localisation import current_language
from matchmaker.clock import short_day_text, span_text
from matchmaker.events.forms import ChecksField
from matchmaker.events.models import Event, MeetingSession, Slot
from matchmaker.events.names import label_of
from matchmaker.events.queries import slots_by_session
from matchmaker.forms import Form, options
from matchmaker.languages import NAMES, SPOKEN, comma, isolate, spoken_choices
from matchmaker.participants.entering import Entry
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import absences_of, attended_by
from matchmaker.participants.registration import Answers
from matchmaker.participants.services import MOST_SEATS, Details

NEEDED = DataRequired(_("Please fill this in."))
USUAL = 4  # languages offered at first


def at_most(length: int) -> Length:
    return Length(max=length, message=_("At most %(max)d characters."))


class PersonForm(Form):
    """Who somebody is."""

    first_name = StringField(
        _("First name"), [NEEDED, at_most(120)], render_kw={"autocomplete": "given-name"}
    )
    last_name = StringField(
        _("Last name"), [NEEDED, at_most(120)], render_kw={"autocomplete": "family-name"}
    )
    job = StringField(
        _("Position"), [at_most(200)], render_kw={"autocomplete": "organization-title"}
    )
    language = SelectField(
        _("Language of your agenda and mails"), choices=options(NAMES.items()), default="fr"
    )


class TimesForm(Form):
    """What somebody speaks, and when they can meet."""

    spoken = ChecksField(_("Languages you speak in meetings"))
    sessions = ChecksField(_("When do you take part?"))
    absences = ChecksField(_("When can you not meet?"))

    def offer_times(self, session: Session, event: Event) -> None:
        """The event's sessions and slots, and languages in the page's words."""
        language = current_language()
        timetable = slots_by_session(session, event.id)
        self.every_session = [row.id for row, _slots in timetable]
        self.sessions.choices = options((row.id, titled(row, language)) for row, _ in timetable)
        self.absences.choices = [
            option for row, slots in timetable for option in _hours(row, slots, language)
        ]
        self.spoken.choices = options(spoken_choices(language))

    def show(self, session: Session, participant: Participant) -> None:
        """What is stored, on a form that is not sent yet."""
        if self.is_submitted():
            return
        self.sessions.data = (
            self.every_session if participant.attends_all else attended_by(session, participant)
        )
        self.absences.data = absences_of(session, participant)

    def spoken_boxes(self) -> tuple[list[Any], list[Any]]:
        """The boxes to show at once: the usual languages and those ticked; and the others."""
        boxes: list[Any] = list(self.spoken)
        shown = [box for box in boxes if box.data in SPOKEN[:USUAL] or box.checked]
        return shown, [box for box in boxes if box not in shown]

    def chosen_sessions(self) -> list[str]:
        """Where there is one session only, nobody is asked, and it is attended."""
        asked = len(self.every_session) > 1
        return (self.sessions.data or []) if asked else self.every_session


class AboutForm(PersonForm, TimesForm):
    """A person: name, organisation, languages, and when they can meet."""

    organisation = StringField(
        _("Organisation"),
        [NEEDED, at_most(300)],
        render_kw={"autocomplete": "organization", "list": "organisations"},
    )

    def answers(self) -> Answers:
        return Answers(
            details=self.details(),
            organisation=self.organisation.data or "",
            sessions=self.chosen_sessions(),
            absences=self.absences.data or [],
        )

    def details(self) -> Details:
        return {
            "first_name": self.first_name.data or "",
            "last_name": self.last_name.data or "",
            "job": self.job.data or "",
            "language": self.language.data,
            "spoken": [code for code in SPOKEN if code in (self.spoken.data or [])],
        }


class ParticipantForm(AboutForm):
    """Everything, for the organiser."""

    first_name = StringField(_("First name"), [at_most(120)])
    last_name = StringField(_("Last name"), [NEEDED, at_most(120)])
    organisation = StringField(
        _("Organisation"), [at_most(300)], render_kw={"list": "organisations"}
    )
    spoken = ChecksField(_("Spoken languages"))
    language = SelectField(_("Language of agenda and mails"), choices=options(NAMES.items()))
    sessions = ChecksField(_("Sessions"))
    absences = ChecksField(_("Absent"))
    email = StringField(_("E-mail address"), [Optional(), *ADDRESS[1:]], render_kw={"dir": "ltr"})
    reference = StringField(_("Reference"), [at_most(60)], render_kw={"dir": "ltr"})
    phone = StringField(_("Telephone"), [at_most(60)], render_kw={"dir": "ltr"})
    type_code = SelectField(_("Participation type"))
    delegation_id = SelectField(_("Delegation"))
    place_id = SelectField(_("Own stand or table"))
    seats = IntegerField(
        _("Seats (meetings at the same time)"),
        [
            InputRequired(_("Please fill this in.")),
            NumberRange(1, MOST_SEATS, _("Give a whole number from %(min)s to %(max)s.")),
        ],
        default=1,
    )
    max_meetings = IntegerField(
        _("Most meetings"),
        [Optional(), NumberRange(1, 1000, _("Give a whole number from %(min)s to %(max)s."))],
    )
    remote = BooleanField(_("Takes part online"))
    manages = BooleanField(_("Manages the organisation’s team"))
    state = SelectField(_("State"), default="validated")

    def details(self) -> Details:
        more: Details = {
            "phone": self.phone.data or "",
            "type_code": self.type_code.data or None,
            "delegation_id": self.delegation_id.data or None,
            "remote": self.remote.data,
            "max_meetings": self.max_meetings.data,
            "state": self.state.data,
        }
        return {**super().details(), **more}

    def entry(self) -> Entry:
        return Entry(
            details=self.details(),
            organisation=self.organisation.data or "",
            sessions=self.chosen_sessions(),
            absences=self.absences.data or [],
            email=self.email.data or "",
            reference=self.reference.data or "",
            is_organisers=True,
            manages=self.manages.data,
            seats=self.seats.data or 1,
            place_id=self.place_id.data or None,
        )


def _hours(row: MeetingSession, slots: list[Slot], language: str) -> list[Any]:
    """The slots of one session, under its name."""
    hours = [(slot.id, span_text(slot.starts_at, slot.ends_at, language)) for slot in slots]
    return options(hours, group=titled(row, language))


def titled(row: MeetingSession, language: str) -> str:
    """``Wed 14 Oct, Morning``, whatever script the name is in."""
    return f"{short_day_text(row.day, language)}{comma(language)}{isolate(label_of(row))}"


class ContactForm(Form):
    """What partners of published meetings may see."""

    phone = StringField(
        _("Telephone"), [at_most(60)], render_kw={"dir": "ltr", "autocomplete": "tel"}
    )
    shares_email = BooleanField(_("My partners may see my e-mail address"))
    shares_phone = BooleanField(_("My partners may see my telephone number"))
