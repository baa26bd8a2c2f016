"""Whom a cell of a wish means: a participant, or any of an organisation's people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.services import email_key
from matchmaker.events.models import Event
from matchmaker.imports.cells import CellFault
from matchmaker.imports.surroundings import key
from matchmaker.languages import isolate
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.services import name_key
from matchmaker.participants.models import Participant


@dataclass(frozen=True)
class Directory:
    by_email: Mapping[str, str]  # → participant's id
    by_reference: Mapping[str, str]
    organisations: Mapping[str, str]  # key of the name → id
    homes: Mapping[str, str | None]  # participant's id → organisation's id
    names: Mapping[str, str]  # participant's id → name

    def person(self, cell: str) -> str:
        """The participant of this address or reference."""
        found = self._find(cell)
        if found:
            return found
        if name_key(cell) in self.organisations:
            raise CellFault(
                _(
                    "A wish comes from a person, and %(name)s is an organisation. "
                    "Write the e-mail address of one of its people.",
                    name=isolate(cell),
                )
            )
        raise _nobody(cell)

    def target(self, cell: str) -> tuple[str, str]:
        """Column of a wish (to_id or to_organisation_id) and id."""
        found = self._find(cell)
        if found:
            return "to_id", found
        organisation = self.organisations.get(name_key(cell))
        if organisation is None:
            raise _nobody(cell)
        if organisation not in self.homes.values():
            raise CellFault(
                _(
                    "Nobody of %(name)s takes part. Import its people first.",
                    name=isolate(cell),
                )
            )
        return "to_organisation_id", organisation

    def _find(self, cell: str) -> str | None:
        if "@" in cell:
            return self.by_email.get(email_key(cell))
        return self.by_reference.get(key(cell))


def load_directory(session: Session, event: Event) -> Directory:
    people = session.execute(
        select(
            Participant.id, Participant.email_key, Participant.reference,
            Participant.organisation_id, Participant.first_name, Participant.last_name,
            Participant.email,
        ).where(Participant.event_id == event.id)
    ).all()  # fmt: skip
    organisations = session.execute(
        select(Organisation.name_key, Organisation.id).where(Organisation.event_id == event.id)
    ).all()
    return Directory(
        by_email={row.email_key: row.id for row in people if row.email_key},
        by_reference={key(row.reference): row.id for row in people if row.reference},
        organisations={row.name_key: row.id for row in organisations},
        homes={row.id: row.organisation_id for row in people},
        names={
            row.id: f"{row.first_name} {row.last_name}".strip() or row.email or row.reference or ""
            for row in people
        },
    )


def _nobody(cell: str) -> CellFault:
    if "@" in cell:
        return CellFault(
            _(
                "Nobody here has the e-mail address %(address)s. Import the participants first, "
                "or correct the address.",
                address=isolate(cell[:80]),
            )
        )
    return CellFault(
        _(
            "%(text)s is no e-mail address, reference or organisation of this event. "
            "Import the participants first, or correct it.",
            text=isolate(cell[:80]),
        )
    )
