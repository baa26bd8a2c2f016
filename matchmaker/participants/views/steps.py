"""What each step of a registration shows and says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import g, request
from flask_babel import lazy_gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.database import db
from matchmaker.forms import SPEAK, Form, options
from matchmaker.languages import pick
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import looked_up
from matchmaker.participants.answers import in_words
from matchmaker.participants.drafts import chosen_type
from matchmaker.participants.models import Registration
from matchmaker.participants.question_forms import questions_form
from matchmaker.participants.registration_forms import (
    ConsentStepForm,
    OrganisationStepForm,
    ParticipationStepForm,
    PersonStepForm,
    TimesStepForm,
)
from matchmaker.participants.views.choosing import settle
from matchmaker.participation.asked import questions_for
from matchmaker.participation.queries import type_choices, type_names

STEP_NAMES = {
    "person": _("Person"),
    "organisation": _("Organisation"),
    "participation": _("Participation"),
    "questions": _("Questions"),
    "times": _("Languages and times"),
    "consent": _("Consent"),
}


class Step:
    """One step: its form, filled with what was said before."""

    name = ""

    def __init__(self, draft: Registration | None) -> None:
        self.draft = draft
        self.before: dict[str, Any] = draft.said.get(self.name, {}) if draft else {}
        self.form: Any = self.make_form()

    def make_form(self) -> Form:
        raise NotImplementedError

    def said(self) -> dict[str, Any] | None:
        """What is kept; None where something is asked first."""
        return dict(self.form.said())

    def shown(self) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {}


class PersonStep(Step):
    name = "person"

    def make_form(self) -> Form:
        account = g.account
        own = {"email": account.email if account else "", "language": current_language()}
        form = PersonStepForm(data=own | self.before)
        if SPEAK in request.form:  # whoever reads another language wants mails in it, too
            form.language.data = current_language()
        return form


class OrganisationStep(Step):
    """Looked up among those that are there; a second one under another spelling only by will."""

    name = "organisation"

    def make_form(self) -> Form:
        asked = request.args.get("q", "")[:300]
        self.found = looked_up(db.session, g.event.id, asked) if asked else []
        self.resembling: Sequence[Organisation] = ()
        return OrganisationStepForm(data={"organisation": asked or self.before.get("name", "")})

    def said(self) -> dict[str, Any] | None:
        typed = self.form.organisation.data or ""
        if "look" in request.form:
            self.found = looked_up(db.session, g.event.id, typed)
            return None
        name, self.resembling = settle(typed)
        return {"name": name} if name else None

    def shown(self) -> dict[str, Any]:
        looked = "look" in request.form or "q" in request.args
        return {"found": self.found, "resembling": self.resembling, "looked": looked}


class ParticipationStep(Step):
    name = "participation"

    def make_form(self) -> Form:
        form = ParticipationStepForm(data=self.before)
        language = current_language()
        choices = type_choices(db.session, g.event.id, language, at_registration=True)
        form.type_code.choices = options(choices)
        return form

    def said(self) -> dict[str, Any]:
        return {"type_code": self.form.type_code.data}


class QuestionsStep(Step):
    name = "questions"

    def make_form(self) -> Form:
        asked = questions_for(db.session, g.event.id, chosen_type(self.draft))
        return questions_form(asked, current_language(), self.before)


class TimesStep(Step):
    name = "times"

    def make_form(self) -> Form:
        form = TimesStepForm(data={"spoken": [current_language()]} | self.before)
        form.offer_times(db.session, g.event)
        if not form.is_submitted() and not self.before:
            form.sessions.data = form.every_session
        return form


class ConsentStep(Step):
    """Everything that was said, to be looked at before it is sent."""

    name = "consent"

    def make_form(self) -> Form:
        return ConsentStepForm()

    def shown(self) -> dict[str, Any]:
        assert self.draft is not None
        said, language = self.draft.said, current_language()
        times = TimesStepForm(formdata=None, data=said["times"])
        times.offer_times(db.session, g.event)
        asked = questions_for(db.session, g.event.id, chosen_type(self.draft))
        return {
            "said": said,
            "type_name": pick(
                type_names(db.session, g.event.id).get(chosen_type(self.draft) or ""), language
            ),
            "answers": [
                (pick(one.question.labels, language), in_words(one, value, language))
                for one in asked
                if (value := said.get("questions", {}).get(one.id))
            ],
            "sessions": _labels(times.sessions.choices, said["times"]["sessions"]),
            "every_session": set(said["times"]["sessions"]) == set(times.every_session),
            "absences": len(said["times"]["absences"]),
        }


def _labels(choices: Any, chosen: list[str]) -> list[str]:
    return [str(choice.label) for choice in choices if choice.value in chosen]


STEP_CLASSES: tuple[Callable[[Registration | None], Step], ...] = (
    PersonStep, OrganisationStep, ParticipationStep, QuestionsStep, TimesStep, ConsentStep,
)  # fmt: skip


def make_step(name: str, draft: Registration | None) -> Step:
    return dict(zip(STEP_NAMES, STEP_CLASSES, strict=True))[name](draft)
