"""What holds of every page: read by a parser, whichever test opens it.

``check_page`` lists what is wrong with the HTML of one answer; the ``app`` fixture asks it about
every page that any test opens.
"""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from flask import Flask, Response

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img",
    "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
DATA = {"application/json", "application/ld+json"}  # scripts that are no script
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
NO_TOKEN = "a form is sent by POST without csrf_token"
LANGUAGES = {"fr": "ltr", "en": "ltr", "ar": "rtl"}


class Page(HTMLParser):
    """Elements as they come, with what is inside what."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()  # ids that a label names
        self.fields: list[tuple[str, dict[str, str | None], bool]] = []
        self.forms: list[dict[str, object]] = []
        self.open: list[str] = []
        self.root: dict[str, str | None] = {}
        self.title = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        if identity := values.get("id"):
            self.ids[identity] += 1
        self._refuse_inline(tag, values)
        if tag == "html":
            self.root = values
        if tag == "label" and values.get("for"):
            self.labelled.add(str(values["for"]))
        if tag == "form":
            self.forms.append({"method": (values.get("method") or "get").lower(), "token": False})
        if tag in {"input", "select", "textarea"}:
            self._note_field(tag, values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.title += data

    def _refuse_inline(self, tag: str, values: dict[str, str | None]) -> None:
        """The content policy would block it, silently."""
        is_script = tag == "script" and not values.get("src") and values.get("type") not in DATA
        if tag == "style" or is_script:
            self.faults.append(f"inline <{tag}>")
        for name, value in values.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f"inline {name} on <{tag}>")
            if name in {"href", "action"} and (value or "").lower().startswith("javascript:"):
                self.faults.append(f"javascript: on <{tag}>")

    def _note_field(self, tag: str, values: dict[str, str | None]) -> None:
        if values.get("name") == "csrf_token" and self.forms:
            self.forms[-1]["token"] = True
        if values.get("type") not in UNLABELLED:
            self.fields.append((tag, values, "label" in self.open))


def check_page(html: str) -> list[str]:
    """What is wrong with this page, each in a few words."""
    page = Page(html)
    faults = list(page.faults)
    faults += [f"id {name!r} stands {count} times" for name, count in page.ids.items() if count > 1]
    faults += [f"no label for {_name(values)}" for _, values, inside in page.fields
               if not (inside or _has_label(values, page.labelled))]  # fmt: skip
    faults += [NO_TOKEN for form in page.forms
               if form["method"] == "post" and not form["token"]]  # fmt: skip
    if html.lstrip().lower().startswith("<!doctype html>"):
        faults += _check_frame(page)
    return faults


def _check_frame(page: Page) -> list[str]:
    """What only a whole page has."""
    faults = []
    if page.tags["h1"] != 1:
        faults.append(f"{page.tags['h1']} <h1> instead of one")
    if page.tags["main"] != 1:
        faults.append(f"{page.tags['main']} <main> instead of one")
    if not page.title.split("·")[0].strip():
        faults.append("no title")
    language = str(page.root.get("lang"))
    if page.root.get("dir") != LANGUAGES.get(language):
        faults.append(f"lang {language!r} with dir {page.root.get('dir')!r}")
    if page.open:
        faults.append(f"never closed: {', '.join(page.open)}")
    return faults


def _has_label(values: dict[str, str | None], labelled: set[str]) -> bool:
    return values.get("id") in labelled or bool(
        values.get("aria-label") or values.get("aria-labelledby")
    )


def _name(values: dict[str, str | None]) -> str:
    return str(values.get("name") or values.get("id") or "a field")


def check_answers(app: Flask) -> None:
    """Fail the test that opens a page with a fault."""

    @app.after_request
    def check(response: Response) -> Response:
        if response.mimetype != "text/html" or response.is_streamed:
            return response
        if 300 <= response.status_code < 400:
            return response
        if not app.config.get("PAGES_CHECKED", True):
            return response
        faults = check_page(response.get_data(as_text=True))
        if not app.config.get("WTF_CSRF_ENABLED", True):  # then forms write no token
            faults = [fault for fault in faults if fault != NO_TOKEN]
        assert not faults, "The page has faults: " + "; ".join(faults)
        return response
