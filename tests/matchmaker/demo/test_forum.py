"""The demonstration forum: what the front page promises of it."""

from __future__ import annotations

from collections import Counter

import pytest

from matchmaker.demo import words
from matchmaker.demo.forum import SESSIONS, make_forum
from matchmaker.demo.spreadsheets import participants_file, wishes_file
from matchmaker.spreadsheets.reading import read_table


def test_the_same_seed_makes_the_same_forum_and_another_seed_another() -> None:
    assert make_forum(60, 3) == make_forum(60, 3)
    assert make_forum(60, 3) != make_forum(60, 4)


def test_there_are_thirteen_moroccan_clusters_and_european_partners() -> None:
    countries = Counter(cluster.country for cluster in words.CLUSTERS)
    assert countries.pop("MA") == 13
    assert set(countries) == {"FR", "ES", "BE", "DK"}


def test_it_has_the_promised_size() -> None:
    forum = make_forum()
    assert len(forum.participants) == 120
    assert 550 <= len(forum.wishes) <= 650
    assert len(words.INTERPRETERS) == 4


def test_every_address_ends_in_example_and_is_one_persons() -> None:
    addresses = [row["Email"] for row in make_forum().participants]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith(".example") for address in addresses)


def test_two_people_have_one_name_only_where_there_is_no_other_left() -> None:
    people = make_forum().participants
    names = Counter((row["First name"], row["Last name"]) for row in people)
    repeated = {name for name, count in names.items() if count > 1}
    scarce = {row["Country"] for row in people if (row["First name"], row["Last name"]) in repeated}
    assert scarce <= {"DK", "BE"}  # of the Danish there are four, of the Belgian six
    assert len(repeated) <= 4


def test_people_write_in_three_languages() -> None:
    languages = Counter(row["Language"] for row in make_forum().participants)
    assert set(languages) == {"fr", "ar", "en"}
    arabic = [row for row in make_forum().participants if row["Language"] == "ar"]
    assert all("\u0600" <= row["Last name"][0] <= "\u06ff" for row in arabic)


def test_some_are_absent_some_have_stands_and_some_come_for_a_part() -> None:
    rows = make_forum().participants
    assert any(row["Absent"] for row in rows)
    assert {row.get("Seats") for row in rows} == {None, "1", "2"}
    attended = {name for row in rows for name in row["Sessions"].split(";") if name}
    assert attended == set(SESSIONS)


def test_nobody_wishes_for_oneself_or_for_somebody_unknown() -> None:
    forum = make_forum()
    people = {row["Email"]: row["Organization name"] for row in forum.participants}
    for wish in forum.wishes:
        assert wish["To"] in people or wish["To"] in people.values()
        assert people[wish["From"]] not in {wish["To"], people.get(wish["To"])}


@pytest.mark.parametrize("seed", range(8))
def test_nobody_has_more_tops_than_an_event_allows_by_default(seed: int) -> None:
    wishes = make_forum(200, seed).wishes
    tops = Counter(wish["From"] for wish in wishes if wish["Grade"] == "top")
    assert max(tops.values()) <= 5


@pytest.mark.parametrize(("participants", "seed"), [(2, 1), (7, 2), (400, 5)])
def test_it_can_be_made_at_other_sizes(participants: int, seed: int) -> None:
    forum = make_forum(participants, seed)
    assert len(forum.participants) == participants
    assert len({row["Stand"] for row in forum.participants if "Stand" in row}) <= len(forum.stands)


def test_the_two_spreadsheets_hold_the_forum() -> None:
    forum = make_forum(30, 1)
    people = read_table(participants_file(forum), "participants.xlsx")
    wishes = read_table(wishes_file(forum), "wishes.xlsx")
    assert [cells[0] for _, cells in people.rows] == [row["Email"] for row in forum.participants]
    assert [cells[:3] for _, cells in wishes.rows] == [
        (row["From"], row["To"], row["Grade"]) for row in forum.wishes
    ]
