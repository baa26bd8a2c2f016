"""Lists stand in the order in which each language looks things up."""

from __future__ import annotations

import random

import cast
import pytest
from sqlalchemy.orm import Session

from matchmaker.agendas.queries import agendas_of
from matchmaker.participants.queries import find_people

# As a French and as an Arabic directory have them: accents and hamzas count after the letters.
IN_ORDER = {
    "fr": ["Cormier", "Côté", "Dupont", "Eaubonne", "Éluard", "Estève", "Zola"],
    "ar": ["أبو بكر", "ادريس", "بناني", "تازي", "ثابت", "جمال", "حسني", "وهبي"],
}


@pytest.mark.parametrize("language", sorted(IN_ORDER))
def test_people_stand_in_the_order_of_their_language(session: Session, language: str) -> None:
    forum, names = cast.make_event(session), list(IN_ORDER[language])
    random.Random(7).shuffle(names)
    for number, name in enumerate(names):
        cast.make_participant(session, forum, f"P{number}", last_name=name, first_name="A")
    by_id = {f"p{number}": name for number, name in enumerate(names)}
    found = find_people(session, forum.id, within=())
    assert [by_id[id_] for id_ in found] == IN_ORDER[language]


@pytest.mark.parametrize("language", sorted(IN_ORDER))
def test_printed_agendas_too(session: Session, language: str) -> None:
    forum, names = cast.make_event(session), list(IN_ORDER[language])
    slots, place = cast.make_slots(session, forum), cast.make_place(session, forum, "T1")
    random.Random(7).shuffle(names)
    for number, name in enumerate(names):
        cast.make_participant(session, forum, f"P{number}", last_name=name, first_name="A")
    meeting = {"people": ["p0", "p1"], "slot": slots[0].id, "place": place.id}
    version = cast.make_version(session, forum, [meeting])
    session.commit()
    printed = [agenda.person.name for agenda in agendas_of(session, forum, version)]
    assert [name.removeprefix("A ") for name in printed] == IN_ORDER[language]
