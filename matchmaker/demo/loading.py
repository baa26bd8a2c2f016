"""Load the demonstration forum the way an organiser would: create, furnish, import."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account
from matchmaker.accounts.services import find_or_add_account
from matchmaker.demo import spreadsheets, words
from matchmaker.demo.forum import WISHES_EACH, Forum, make_forum
from matchmaker.demo.market import furnish_market
from matchmaker.demo.programme import furnish_programme
from matchmaker.demo.venue import furnish
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Membership
from matchmaker.events.services import create_event
from matchmaker.folding import fold
from matchmaker.imports.services import add_import, take_over
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.services import give_consent
from matchmaker.participation.queries import types_of
from matchmaker.participation.services import change_type
from matchmaker.spreadsheets.reading import read_table

ORGANISER = "organiser@forum-demo.example"
LEADER = "delegation@forum-demo.example"
NAMES = {
    "fr": "Forum Environnement et Industrie de Casablanca",
    "ar": "منتدى البيئة والصناعة بالدار البيضاء",
    "en": "Casablanca Environment and Industry Forum",
}
VENUE = {
    "fr": "Parc des expositions, Casablanca",
    "ar": "مركز المعارض، الدار البيضاء",
    "en": "Exhibition centre, Casablanca",
}
HOST = {"fr": "Réseau Maroc Cluster", "ar": "شبكة تجمعات المغرب", "en": "Maroc Cluster network"}
TYPES = {
    "exhibitor": {"fr": "Exposant", "ar": "عارض", "en": "Exhibitor"},
    "participant": {"fr": "Participant", "ar": "مشارك", "en": "Participant"},
}
WELCOME = {
    "fr": "Deux jours : treize clusters marocains et leurs partenaires européens.",
    "ar": "يومان من لقاءات الأعمال بين ثلاثة عشر تجمعا مغربيا وشركائهم الأوروبيين.",
    "en": "Two days of meetings between thirteen Moroccan clusters and their European partners.",
}


def load_demo(
    session: Session, *, participants: int, seed: int, wishes_each: float = WISHES_EACH
) -> Event:
    """The event with its people and wishes; nothing is solved yet."""
    forum = make_forum(participants, seed, wishes_each)
    account = find_or_add_account(session, ORGANISER, name="Demo", language="fr")
    account.is_admin = True
    event = create_event(
        session,
        account,
        names=NAMES,
        venue=VENUE,
        welcome=WELCOME,
        host=HOST,
        contact_email=ORGANISER,
    )
    furnish(session, event, forum)
    session.commit()
    _import(session, event, account, forum)
    _give_consent(session, event)
    _name_types(session, event)
    _name_delegations(session, event)
    _appoint_leader(session, event)
    furnish_programme(session, event)
    furnish_market(session, event, seed)
    session.commit()
    return event


def _name_types(session: Session, event: Event) -> None:
    """The import knew them by one word; people choose among them in their language."""
    for row in types_of(session, event.id):
        change_type(session, row, TYPES[row.code], at_registration=True)


def _name_delegations(session: Session, event: Event) -> None:
    """Likewise: the spreadsheet has their codes only."""
    names = {fold(cluster.code): cluster.names for cluster in words.CLUSTERS}
    for row in session.scalars(select(Delegation).where(Delegation.event_id == event.id)):
        row.names = dict(names[fold(row.code)])


def _appoint_leader(session: Session, event: Event) -> None:
    """Somebody looks after the largest delegation."""
    account = find_or_add_account(session, LEADER, name="Demo", language="fr")
    sizes = (
        select(Participant.delegation_id)
        .where(Participant.event_id == event.id, Participant.delegation_id.is_not(None))
        .group_by(Participant.delegation_id)
        .order_by(func.count().desc(), Participant.delegation_id)
    )
    largest = session.scalar(sizes)
    session.add(
        Membership(
            account_id=account.id, event_id=event.id, role="delegation", delegation_id=largest
        )
    )


def _give_consent(session: Session, event: Event) -> None:
    """Its people are invented: they may be found without having been asked, and every third
    organisation agrees to be named.
    """
    organisations = select(Organisation).where(Organisation.event_id == event.id)
    for organisation in session.scalars(organisations.order_by(Organisation.name_key)).all()[::3]:
        organisation.is_public = True
    for participant in session.scalars(select(Participant).where(Participant.event_id == event.id)):
        give_consent(session, participant, event.consent_version)


def _import(session: Session, event: Event, account: Account, forum: Forum) -> None:
    """The two spreadsheets through the same door as everybody's."""
    for kind, content in (
        ("participants", spreadsheets.participants_file(forum)),
        ("wishes", spreadsheets.wishes_file(forum)),
    ):
        name = f"{kind}.xlsx"
        table = read_table(content, name)
        taken = add_import(session, event, account, kind=kind, table=table, file_name=name)
        counts = take_over(session, event, taken)
        if counts["faulty"]:
            raise Refusal(f"{counts['faulty']} rows of the demonstration's {name} are faulty.")
