"""The form of an item."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from matchmaker.events.forms import NAME, TEXT, ChecksField, DayField, HourField, NamedForm
from matchmaker.forms import options
from matchmaker.programme.models import LONGEST_SPEAKERS
from matchmaker.programme.services import MOST_PLACES, ItemDetails
from matchmaker.programme.words import ATTENDANCE_NAMES, KIND_NAMES


class ItemForm(NamedForm):
    kind = SelectField(_("Kind"), choices=options(KIND_NAMES.items()))
    about_fr = TextAreaField(_("Description in French"), [TEXT], render_kw={"rows": 3})
    about_ar = TextAreaField(_("Description in Arabic"), [TEXT], render_kw={"rows": 3})
    about_en = TextAreaField(_("Description in English"), [TEXT], render_kw={"rows": 3})
    day = DayField(_("Day"), [InputRequired()])
    starts = HourField(_("From"), [InputRequired()])
    ends = HourField(_("to"), [InputRequired()])
    venue_fr = StringField(_("Venue in French"), [NAME])
    venue_ar = StringField(_("Venue in Arabic"), [NAME])
    venue_en = StringField(_("Venue in English"), [NAME])
    zone_id = SelectField(_("Zone"))
    speakers = StringField(
        _("Speakers"), [Length(max=LONGEST_SPEAKERS, message=_("At most %(max)d characters."))]
    )
    attendance = RadioField(
        _("Who attends"), choices=options(ATTENDANCE_NAMES.items()), default="open"
    )
    places = IntegerField(
        _("Number of places"),
        [
            Optional(),
            NumberRange(1, MOST_PLACES, message=_("Give a whole number from %(min)s to %(max)s.")),
        ],
        render_kw={"min": 1, "max": MOST_PLACES},
    )
    types = ChecksField(_("Only for these types of participation"))
    tells = BooleanField(_("Tell by mail those who attend"), default=True)

    def details(self) -> ItemDetails:
        return ItemDetails(
            kind=self.kind.data,
            titles=self.texts(),
            abouts=self.texts("about"),
            day=_given(self.day.data),
            starts=_given(self.starts.data),
            ends=_given(self.ends.data),
            venue=self.texts("venue"),
            zone_id=self.zone_id.data or None,
            speakers=self.speakers.data or "",
            attendance=self.attendance.data,
            places=self.places.data,
            types=self.types.data or [],
        )


def _given(value: Any) -> Any:
    """What the form's checks have made sure of."""
    assert value is not None
    return value
