"""Whatever is typed, and however often a button is pressed: an answer in words, nothing broken.

The forms are those of the pages themselves, as a browser would send them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask import Flask
from routes import EVERYBODY, ROUTES
from werkzeug.test import TestResponse
from world import World, make_world

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TYPED = {"text", "search", "email", "tel", "url", "number", "date", "time", "datetime-local", ""}
MARK = "zq7"  # in every hostile text, to find it again
HOSTILE = {
    "markup": f"{MARK}<script>alert(1)</script><img src=x onerror=alert(2)>\"'>",
    "template": f"{MARK}{{{{7*7}}}}{{% for x in y %}}${{7*7}}%(name)s %s {{0}}",
    "formula": f"=cmd|'/c calc'!A0 {MARK}",
    "control": f"{MARK}\x00\x01\x1b[31m\r\n\u202e\u2066\ufeff\ud83d",
    "quotes": f"{MARK}'; DROP TABLE participant; --\\",
    "astral": f"{MARK} 𝕏 👩‍👩‍👧‍👦 ﷽ ٣٤ Ⅷ ½ ͏",
    "number": "9" * 40,
    "negative": "-1",
    "long": MARK + "ي" * 20_000,
}


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    logging.disable(logging.CRITICAL)
    app.config.update(PROPAGATE_EXCEPTIONS=False, PAGES_CHECKED=False)
    yield make_world(app)
    logging.disable(logging.NOTSET)


@dataclass
class PageForm:
    """A form that is sent by POST: where to, what it would send, and which fields are typed in."""

    action: str
    values: dict[str, str | list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """The forms of a page with the values that a browser would send."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self.path = path
        self._form: PageForm | None = None
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(given.get("action") or self.path)
            if given.get("method", "get").lower() == "post":
                self.found.append(self._form)
        elif self._form is not None and tag == "option" and self._select:
            if "selected" in given or self._select not in self._form.values:
                self._form.values[self._select] = given.get("value", "")
        elif (
            self._form is not None and given.get("name") and tag in {"input", "textarea", "select"}
        ):
            self._take(self._form, tag, given)

    def _take(self, form: PageForm, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            form.values[name] = ""
            form.typed.append(name)
        elif kind in TYPED or kind == "hidden":
            form.values[name] = given.get("value", "")
            form.typed += [name] if kind in TYPED else []
        elif kind in {"checkbox", "radio"} and "checked" in given:
            chosen = form.values.setdefault(name, [])
            assert isinstance(chosen, list)
            chosen.append(given.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self._area and self._form:
            self._form.values[self._area] = str(self._form.values[self._area]) + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


def forms(world: World) -> Iterator[tuple[str, str, PageForm]]:
    """Endpoint of the page, who may send, and each of its forms; the same form once."""
    seen = set()
    for rule in world.app.url_map.iter_rules():
        line = ROUTES.get(rule.endpoint)
        if line is None or line.get is None:
            continue
        values = {**world.own, **line.arguments}
        built = rule.build({name: values[name] for name in rule.arguments})
        assert built is not None
        for role in (role for role in EVERYBODY if line.expected(role, "GET") == 200):
            answer = world.ask(role, "GET", built[1], query_string=line.query)
            if answer.mimetype != "text/html":
                break
            for form in Forms(answer.text, built[1]).found:
                key = (form.action, tuple(sorted(form.values)))
                if key not in seen:
                    seen.add(key)
                    yield rule.endpoint, role, form


def send(world: World, role: str, form: PageForm, **changed: str) -> TestResponse:
    values = {name: value for name, value in form.values.items() if name != "csrf_token"}
    return world.ask(role, "POST", form.action, form={**values, **changed})


def faults_of(answer: TestResponse, hostile: str) -> list[str]:
    found = []
    if answer.status_code >= 500:
        found.append(f"answered {answer.status_code}")
    if answer.mimetype == "text/html" and "<script>alert(1)" in answer.text:
        found.append("became markup")
    if "7*7" in hostile and f"{MARK}49" in answer.text:
        found.append("was worked out")
    return found


@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_texts_in_every_field_are_answered(world: World, kind: str) -> None:
    """All fields of a form at once, then what comes of it on every page that its role may read."""
    before, wrong, sent = world.rows(), [], 0
    hostile = HOSTILE[kind].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for endpoint, role, form in list(forms(world)):
        if not form.typed:
            continue
        sent += 1
        answer = send(world, role, form, **dict.fromkeys(form.typed, hostile))
        wrong += [(endpoint, form.action, fault) for fault in faults_of(answer, hostile)]
        if answer.status_code == 302 and world.rows() != before:
            after = world.ask(role, "GET", (answer.location or "/").split("#")[0])
            wrong += [(endpoint, answer.location, fault) for fault in faults_of(after, hostile)]
            world.restore(before)
    assert wrong == []
    assert sent > 40


@pytest.mark.timeout(900)
def test_a_button_pressed_twice_is_answered_twice(world: World) -> None:
    """The second time as after the back button, or from a second tab: the same form again."""
    before, wrong, sent = world.rows(), [], 0
    for endpoint, role, form in list(forms(world)):
        sent += 1
        answers = [send(world, role, form), send(world, role, form)]
        wrong += [
            (endpoint, form.action, answer.status_code)
            for answer in answers
            if answer.status_code >= 500
        ]
        world.restore(before)
    assert wrong == []
    assert sent > 60


@pytest.mark.timeout(900)
def test_five_megabytes_in_a_field_are_answered_and_change_nothing(world: World) -> None:
    """In the first field of each form: refused by the field, or as too much for any form."""
    before, wrong, sent = world.rows(), [], 0
    for endpoint, role, form in list(forms(world)):
        if form.typed:
            sent += 1
            answer = send(world, role, form, **{form.typed[0]: "x" * 5_000_000})
            if answer.status_code not in {200, 302, 413} or len(answer.text) > 12_000_000:
                wrong.append((endpoint, form.action, answer.status_code))
            if world.rows() != before:
                wrong.append((endpoint, form.action, 0))
                world.restore(before)
    assert wrong == []
    assert sent > 40
