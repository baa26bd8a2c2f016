"""Forms: starting a run, publishing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from matchmaker.forms import Form, options
from matchmaker.schedules.aims import GOALS, PRESETS, Aim
from matchmaker.schedules.services import LONGEST_SECONDS, SHORTEST_SECONDS
from matchmaker.schedules.variations import Variation

AIMS = (
    (
        "nobody_without",
        _("Nobody without a meeting: up to 1% of the wishes' points may be given up for it."),
    ),
    ("most_wishes", _("Most wishes: not one point is given up.")),
    ("own", _("My own order of goals, as below.")),
)
STAYING = (
    ("nothing", _("Everything may move.")),
    ("few", _("As few published meetings as possible change.")),
    ("sessions", _("Only the sessions chosen below change; the others stay as published.")),
    (
        "published",
        _("Only add: nothing that is published moves; late wishes are placed where there is room."),
    ),
)
GIVEN = ((0, "0"), (5, "0.5"), (10, "1"), (20, "2"), (50, "5"), (100, "10"))


class RunForm(Form):
    """The order of the goals and the sessions stand in the page's own fields of those names."""

    wanted = RadioField(_("What matters most"), choices=options(AIMS), default="nobody_without")
    given = SelectField(
        _("Of the wishes' points, goals after them may cost (%)"),
        choices=options(GIVEN),
        coerce=int,
        default=10,
    )
    stays = RadioField(_("What may change"), choices=options(STAYING), default="nothing")
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

    def aim(self, order: Sequence[str], sessions: Sequence[str]) -> Aim:
        """With one of the usual orders, or the page's own."""
        usual = PRESETS.get(self.wanted.data, Aim(tuple(order) or GOALS, self.given.data))
        return replace(
            usual,
            stays=self.stays.data,
            sessions=tuple(sessions) if self.stays.data == "sessions" else (),
        )


class ScenarioForm(Form):
    """The sessions to leave out stand in the page's own fields."""

    label = StringField(
        _("Name of the scenario"),
        validators=[InputRequired(_("Give the scenario a name.")), Length(max=80)],
    )
    slot_minutes = IntegerField(_("Minutes of a slot"), validators=[Optional()])
    tables = IntegerField(_("Tables more"), default=0, validators=[Optional()])
    seconds = IntegerField(
        _("Time limit in seconds"),
        default=60,
        validators=[InputRequired(_("How long may the run take? Enter a number of seconds."))],
    )

    def variation(self, without: Sequence[str]) -> Variation:
        return Variation(
            str(self.label.data), self.slot_minutes.data, self.tables.data or 0, tuple(without)
        )


def moved(order: Sequence[str], up: str | None, down: str | None) -> tuple[str, ...]:
    """The order of goals after one of the arrows was pressed."""
    names = [name for name in dict.fromkeys(order) if name in GOALS]
    names += [name for name in GOALS if name not in names]
    for name, step in ((up, -1), (down, 1)):
        if name in names:
            place = names.index(name)
            other = min(max(0, place + step), len(names) - 1)
            names[place], names[other] = names[other], names[place]
    return tuple(names)


class PublicationForm(Form):
    """``seen``: the revision of the publication that the page showed."""

    seen = HiddenField()

    def validate_seen(self, field: HiddenField) -> None:
        if not str(field.data or "").isdigit():
            raise ValidationError(_("The form was incomplete. Load the page again."))

    @property
    def revision(self) -> int:
        return int(self.seen.data or 0)
