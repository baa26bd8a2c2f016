"""Forms: starting a run, publishing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from matchmaker.forms import Form, options
from matchmaker.schedules.services import LONGEST_SECONDS, SHORTEST_SECONDS

AIMS = (
    (
        "nobody_without",
        _("Nobody without a meeting: up to 1% of the wishes' points may be given up for it."),
    ),
    ("most_wishes", _("Most wishes: not one point is given up.")),
    (
        "only_add",
        _("Only add: nothing that is published moves; late wishes are placed where there is room."),
    ),
)


class RunForm(Form):
    wanted = RadioField(_("What matters most"), choices=options(AIMS), default="nobody_without")
    seconds = IntegerField(
        _("Time limit in seconds"),
        default=60,
        validators=[
            InputRequired(_("How long may the run take? Enter a number of seconds.")),
            NumberRange(
                SHORTEST_SECONDS,
                LONGEST_SECONDS,
                message=_("The time limit must be between 5 and 600 seconds."),
            ),
        ],
    )


class PublicationForm(Form):
    """``seen``: the revision of the publication that the page showed."""

    seen = HiddenField()

    def validate_seen(self, field: HiddenField) -> None:
        if not str(field.data or "").isdigit():
            raise ValidationError(_("The form was incomplete. Load the page again."))

    @property
    def revision(self) -> int:
        return int(self.seen.data or 0)
