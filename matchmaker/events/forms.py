"""Forms of an event and its set-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    FormField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.database import Texts
from matchmaker.events.duties import DUTY_NAMES, INVITED
from matchmaker.events.names import LONGEST_NAME, LONGEST_TEXT
from matchmaker.events.places import LONGEST_CODE, MOST_CAPACITY, MOST_TABLES
from matchmaker.events.services import LONGEST_SLUG, RANGES
from matchmaker.forms import Form, options
from matchmaker.languages import LANGUAGES, NAMES, isolate

NAME = Length(max=LONGEST_NAME, message=_("At most %(max)d characters."))
TEXT = Length(max=LONGEST_TEXT, message=_("At most %(max)d characters."))
CONTACT = Length(max=320, message=_("At most %(max)d characters."))
MOST_DAYS = 31


class DayField(DateField):
    """A day as browsers send it, or as people write it."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]
        super().__init__(label, validators, format=formats, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(str(_("Write the day as 2026-10-14 or 14/10/2026."))) from None


class HourField(TimeField):
    """A wall time: 09:00, 9:00, 09h00."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        formats = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H.%M"]
        super().__init__(label, validators, format=formats, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(str(_("Write the time as 09:00, from 00:00 to 23:59."))) from None


class MomentField(DateTimeLocalField):
    """A wall time with its day, as browsers send it, or as people write it."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        days = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        formats += [f"{day} {hour}" for day in days for hour in ("%H:%M", "%Hh%M")]
        super().__init__(label, validators, format=formats, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            sentence = _("Write day and time as 2026-10-14 18:00 or 14/10/2026 18:00.")
            raise ValueError(str(sentence)) from None


class ChecksField(SelectMultipleField):
    """Several choices as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NumberField(IntegerField):
    """A whole number within limits."""

    def __init__(self, label: Any, least: int, most: int, **options: Any) -> None:
        sentence = _("Give a whole number from %(min)s to %(max)s.")
        checks = [InputRequired(), NumberRange(least, most, message=sentence)]
        super().__init__(label, checks, render_kw={"min": least, "max": most}, **options)


def _number(label: Any, name: str, default: int) -> NumberField:
    least, most = RANGES[name]
    return NumberField(label, least, most, default=default)


class NamedForm(Form):
    """Names in three languages: ``names`` of the row, fields ``name_fr`` and so on."""

    name_fr = StringField(_("Name in French"), [NAME])
    name_ar = StringField(_("Name in Arabic"), [NAME])
    name_en = StringField(_("Name in English"), [NAME])

    def texts(self, prefix: str = "name") -> Texts:
        return {code: self[f"{prefix}_{code}"].data or "" for code in LANGUAGES}

    def show_texts(self, prefix: str, texts: Texts) -> None:
        """What is stored, on a form that is not sent yet."""
        if not self.is_submitted():
            for code in LANGUAGES:
                self[f"{prefix}_{code}"].data = texts.get(code, "")


class SettingsForm(NamedForm):
    """What a new event and an existing one are asked alike."""

    slug = StringField(
        _("Address"), [Length(max=LONGEST_SLUG, message=_("At most %(max)d characters."))]
    )
    venue_fr = StringField(_("Venue in French"), [NAME])
    venue_ar = StringField(_("Venue in Arabic"), [NAME])
    venue_en = StringField(_("Venue in English"), [NAME])
    zone = StringField(_("Time zone"), [InputRequired()], default="Africa/Casablanca")
    language = SelectField(_("Language of the event"), choices=options(NAMES.items()), default="fr")
    slot_minutes = _number(_("Minutes of a meeting"), "slot_minutes", 20)
    changeover_minutes = _number(_("Minutes to change places"), "changeover_minutes", 5)
    top_weight = _number(_("Weight of “top”"), "top_weight", 10)
    like_weight = _number(_("Weight of “like”"), "like_weight", 4)
    mutual_weight = _number(_("Extra weight where both wish"), "mutual_weight", 5)
    top_limit = _number(_("Most “top” wishes per person"), "top_limit", 5)
    needs_acceptance = BooleanField(_("A wish counts only when the other side accepts it"))
    validates_by_hand = BooleanField(_("I validate each participant by hand"))

    def settings(self) -> dict[str, Any]:
        """The keyword arguments of the services."""
        names = (*RANGES, "zone", "language", "needs_acceptance", "validates_by_hand")
        return {"venue": self.texts("venue")} | {name: self[name].data for name in names}


class HoursForm(PlainForm):
    starts = HourField(_("From"), [Optional()])
    ends = HourField(_("to"), [Optional()])


class NewEventForm(SettingsForm):
    first_day = DayField(_("First day"), [InputRequired()])
    days = NumberField(_("Number of days"), 1, MOST_DAYS, default=1)
    hours = FieldList(FormField(HoursForm), min_entries=3, max_entries=3)


class EventForm(SettingsForm):
    host_fr = StringField(_("Organiser in French"), [NAME])
    host_ar = StringField(_("Organiser in Arabic"), [NAME])
    host_en = StringField(_("Organiser in English"), [NAME])
    contact_email = StringField(_("E-mail address"), [CONTACT], render_kw={"dir": "ltr"})
    contact_phone = StringField(_("Telephone"), [CONTACT], render_kw={"dir": "ltr"})
    website = StringField(_("Website"), [CONTACT], render_kw={"dir": "ltr", "inputmode": "url"})
    tells_who_comes = BooleanField(_("Say on the public page who comes"))
    consent_version = StringField(
        _("Version of the consent text"),
        [InputRequired(), Length(max=20, message=_("At most %(max)d characters."))],
    )

    def settings(self) -> dict[str, Any]:
        return super().settings() | {
            "host": self.texts("host"),
            "contact_email": self.contact_email.data or "",
            "contact_phone": self.contact_phone.data or "",
            "website": self.website.data or "",
            "tells_who_comes": self.tells_who_comes.data,
            "consent_version": self.consent_version.data,
        }


class PhaseForm(PlainForm):
    opens_at = MomentField(_("Opens"), [Optional()])
    closes_at = MomentField(_("Closes"), [Optional()])
    by_hand = SelectField(
        _("By hand"),
        choices=options(
            [("", _("As the dates say")), ("open", _("Open")), ("closed", _("Closed"))]
        ),
    )


class PhasesForm(Form):
    """One row per phase."""

    registration = FormField(PhaseForm)
    wishes = FormField(PhaseForm)
    scheduling = FormField(PhaseForm)
    published = FormField(PhaseForm)
    day = FormField(PhaseForm)


class SessionForm(NamedForm):
    day = DayField(_("Day"), [InputRequired()])
    starts = HourField(_("From"), [InputRequired()])
    ends = HourField(_("to"), [InputRequired()])


class ZoneForm(NamedForm):
    """The minutes to each other zone are added per event by :func:`zone_form`."""


def zone_form(others: Iterable[tuple[str, str]]) -> type[ZoneForm]:
    """The form of one zone, with a field of walking minutes to each of the others."""
    fields = {
        f"walk_{zone_id}": IntegerField(
            isolate(name), [Optional(), NumberRange(0, 240)], render_kw={"min": 0}
        )
        for zone_id, name in others
    }
    return type("ZoneForm", (ZoneForm,), fields)


class TablesForm(Form):
    count = NumberField(_("How many tables"), 1, MOST_TABLES, default=10)
    prefix = StringField(_("Sign begins with"), [Length(max=20)], default="T")
    start = NumberField(_("First number"), 0, 9999, default=1)
    zone_id = SelectField(_("Zone"), validate_choice=True)


class PlaceForm(NamedForm):
    code = StringField(
        _("Sign on the place"),
        [InputRequired(), Length(max=LONGEST_CODE, message=_("At most %(max)d characters."))],
    )
    kind = SelectField(
        _("Kind"),
        choices=options(
            [
                ("table", _("Table")),
                ("stand", _("Stand")),
                ("online", _("Online room")),
                ("quiet", _("Quiet place for online meetings")),
            ]
        ),
    )
    zone_id = SelectField(_("Zone"))
    capacity = NumberField(_("Meetings at the same time"), 1, MOST_CAPACITY, default=1)
    closed = ChecksField(_("Closed"))


class InterpreterForm(Form):
    name = StringField(_("Name"), [InputRequired(), NAME])
    languages = ChecksField(_("Languages"))
    absent = ChecksField(_("Absent"))


class MemberForm(Form):
    address = StringField(_("E-mail address"), [InputRequired(), Length(max=320)])
    role = SelectField(
        _("Role"),
        choices=options([(duty, DUTY_NAMES[duty]) for duty in INVITED]),
        default="organiser",
    )
