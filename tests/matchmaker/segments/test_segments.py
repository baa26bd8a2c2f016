"""A filter is kept under a name and used by others: it says whom it means, or it is refused."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from matchmaker.errors import Refusal
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.segments.filters import Filter
from matchmaker.segments.models import Segment
from matchmaker.segments.queries import matching
from matchmaker.segments.services import keep_segment, rename_segment


def asked(query: dict[str, object]) -> Filter:
    return Filter.asked(MultiDict(query))


def people(session: Session, forum: Event, segment: Segment) -> set[str]:
    return set(session.scalars(matching(session, forum, segment)))


def test_a_segment_finds_who_fits_when_it_is_asked(session: Session, forum: Event) -> None:
    buyers = keep_segment(session, forum, " Buyers  here ", asked({"type": "buyer", "q": "a"}))
    assert (buyers.name, people(session, forum, buyers)) == ("Buyers here", {"amal"})
    session.get_one(Participant, (forum.id, "bilal")).type_code = "buyer"
    session.commit()
    assert people(session, forum, buyers) == {"amal", "bilal"}


def test_what_is_kept_is_what_was_asked(session: Session, forum: Event) -> None:
    wanted = asked({"state": ["validated", "registered", "validated"], "q": "x", "other": "1"})
    kept = keep_segment(session, forum, "S", wanted)
    assert kept.filter == {"state": ["validated", "registered"], "q": "x"}
    assert Filter.kept(kept.filter) == wanted


@pytest.mark.parametrize(
    "data",
    [
        {"nonsense": ["1"]},
        {"state": "validated"},
        {"state": []},
        {"state": [1]},
        {"state": [""]},
        {"state": ["x"] * 101},
        {"q": ["a"]},
        {"q": "x" * 201},
    ],
)
def test_a_filter_that_is_not_understood_whole_finds_nobody(
    session: Session, forum: Event, data: dict[str, object]
) -> None:
    segment = Segment(event_id=forum.id, name="Old", name_key="old", filter=data)
    session.add(segment)
    session.commit()
    with pytest.raises(Refusal):
        matching(session, forum, segment)


def test_a_type_that_is_no_more_finds_nobody_instead_of_everybody(
    session: Session, forum: Event
) -> None:
    gone = keep_segment(session, forum, "Gone", asked({"type": "gone"}))
    assert people(session, forum, gone) == set()


def test_a_name_is_given_once(session: Session, forum: Event) -> None:
    keep_segment(session, forum, "Buyers", asked({"type": "buyer"}))
    other = keep_segment(session, forum, "Others", asked({"type": "none"}))
    with pytest.raises(Refusal):
        keep_segment(session, forum, "BUYERS", asked({"type": "none"}))
    session.rollback()
    with pytest.raises(Refusal):
        rename_segment(session, other, "buyers")
    session.rollback()
    session.add(Segment(event_id=forum.id, name="B", name_key="buyers"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_no_name_or_no_filter_is_no_segment(session: Session, forum: Event) -> None:
    for name, query in (("", {"type": "buyer"}), ("x" * 81, {"type": "buyer"}), ("All", {})):
        with pytest.raises(Refusal):
            keep_segment(session, forum, name, asked(dict(query)))
        session.rollback()
    session.add(Segment(event_id=forum.id, name="", name_key=""))
    with pytest.raises(IntegrityError):
        session.flush()


def test_kept_used_changed_renamed_and_removed_on_its_pages(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    session.commit()
    base = f"/organise/{forum.id}"
    answer = client.post(f"{base}/participants/keep?country=MA", data={"name": "Moroccans"})
    segment = session.scalars(select(Segment)).one()
    session.commit()
    assert answer.location == f"{base}/participants?country=MA&segment={segment.id}"
    shown = client.get(f"{base}/participants?segment={segment.id}&country=FR").text
    assert "(changed)" in shown
    writes = f'href="{base}/mailings/new?segment={segment.id}"'
    assert writes not in shown
    assert writes in client.get(f"{base}/participants?segment={segment.id}&country=MA").text
    assert (
        f'selected value="{segment.id}"'
        in client.get(f"{base}/mailings/new?segment={segment.id}").text
    )
    client.post(
        f"{base}/participants/keep?segment={segment.id}&country=FR", data={"segment": segment.id}
    )
    listed = client.get(f"{base}/segments").text
    assert "Country: France" in listed
    assert client.post(f"{base}/segments/{segment.id}", data={"name": "The French"}).location
    session.expire_all()
    assert (segment.name, segment.filter) == ("The French", {"country": ["FR"]})
    session.commit()
    client.post(f"{base}/segments/{segment.id}/drop")
    assert session.scalars(select(Segment)).all() == []
    session.rollback()
    refused = client.post(f"{base}/participants/keep", data={"name": "All"}, follow_redirects=True)
    assert "Filter the list first" in refused.text


def test_a_segment_of_a_later_version_is_shown_and_not_used(
    client: FlaskClient, session: Session, forum: Event
) -> None:
    session.add(Segment(event_id=forum.id, id="s", name="New", name_key="new", filter={"x": ["1"]}))
    session.commit()
    assert "cannot be read" in client.get(f"/organise/{forum.id}/segments").text
    assert client.get(f"/organise/{forum.id}/participants").status_code == 200
