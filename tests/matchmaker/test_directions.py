"""A name in another script never disturbs its line: what people typed stands isolated."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from routes import EVERYBODY, ROUTES
from world import FORUMS, World, make_world

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

TYPED = re.compile(rf"{FORUMS}|Hall of forum|Foyer of forum|Third-forum|Morning")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What a browser shows by itself, outside the flow of a line.
APART = {"title", "textarea", "option", "script"}
ISOLATE = "\u2068"


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    logging.disable(logging.CRITICAL)
    app.config["PAGES_CHECKED"] = False
    yield make_world(app)
    logging.disable(logging.NOTSET)


class Typed(HTMLParser):
    """The typed texts of a page that no element around them isolates."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.bare: list[str] = []
        self.seen = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            own = tag == "bdi" or tag in APART or dict(attrs).get("dir") in {"auto", "ltr", "rtl"}
            self.open.append((tag, own and tag not in {"html", "body"}))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for match in TYPED.finditer(data):
            self.seen += 1
            before = data[: match.start()]
            if not any(own for _tag, own in self.open) and ISOLATE not in before:
                self.bare.append(data.strip()[:120])


def pages(world: World) -> Iterator[tuple[str, str]]:
    for rule in world.app.url_map.iter_rules():
        line = ROUTES.get(rule.endpoint)
        if line is None or line.get is None:
            continue
        values = {**world.own, **line.arguments}
        built = rule.build({name: values[name] for name in rule.arguments})
        assert built is not None
        role = next((role for role in EVERYBODY if line.expected(role, "GET") == 200), "nobody")
        answer = world.ask(
            role, "GET", built[1], query_string=line.query, headers={"Accept-Language": "ar"}
        )
        if answer.mimetype == "text/html":
            yield rule.endpoint, answer.text


def test_what_people_typed_is_isolated_on_every_page(world: World) -> None:
    wrong, seen = [], 0
    for endpoint, html in pages(world):
        page = Typed(html)
        seen += page.seen
        wrong += [(endpoint, text) for text in page.bare]
    assert not wrong, "\n".join(map(str, wrong))
    assert seen > 60


def test_the_check_sees_a_bare_name(app: Flask) -> None:
    assert Typed(f"<p>{FORUMS} is here</p>").bare == [f"{FORUMS} is here"]
    assert Typed(f"<p><bdi>{FORUMS}</bdi> is here</p>").bare == []
