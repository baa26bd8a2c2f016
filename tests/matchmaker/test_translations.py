"""French and Arabic say everything that English says, and no page mixes languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Message
from flask import Flask
from flask_babel import gettext, ngettext
from page_checks import VOID
from routes import ROUTES
from world import World, make_world
from wtforms import StringField
from wtforms.validators import Length

from matchmaker.accounts.localisation import speak
from matchmaker.config import ROOT
from matchmaker.forms import Form
from matchmaker.languages import locale_of
from matchmaker.translations import extraction

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s")
PLURAL_FORMS = {"fr": 2, "ar": 6}
# Words that French writes as English does.
SAME_IN_FRENCH = {
    "%(count)s s", "%(num)s organisations", ", ", "Actions", "Agenda", "Agendas", "Code", "Dates",
    "Description", "Forum", "Import", "Interpreter", "Journal", "Labels", "Logo", "Message",
    "Notes", "Organisation", "Organisations", "Pages", "Participant", "Participants",
    "Participation", "Phases", "Points", "Programme", "Question", "Questions", "Segment", "Session",
    "Session %(number)s", "Sessions", "Stand", "Stands", "Table", "Tables", "Type", "Version",
    "Version %(number)s", "Versions", "Zone",
}  # fmt: skip
# What Arabic sentences keep in Latin letters: formats, codes, and examples to copy.
LATIN = re.compile(r"[A-Za-z](?:[\w.@-]*\w)?")
LATIN_IN_ARABIC = {
    "b2match", "CSV", "CSV UTF-8", "Excel", "iCalendar", "ISO", "MA", "Matchmaker", "OpenDocument",
    "ODS", "PDF", "UUID", "IP", "MAC", "JSON", "XLS", "XLSB", "XLSX", "XML", "T07", "a", "z", "fr",
    "ar", "en", "https", "http", "pollutec-2026", "amal@example.org", "name@company.com", "UTF-8",
    "UTC", "PNG", "JPEG", "WebP", "python", "m", "solver", "check", "problem.json", "schedule.json",
    "A3", "f", "b6a5c", "ZIP", "Yes", "No",
}  # fmt: skip
TYPED = re.compile(
    r"Hall of|Foyer of|Morning|Africa/Casablanca|Third-|Helper-of|only-people|buyer|visitor"
)  # by people
languages = pytest.mark.parametrize("language", extraction.LANGUAGES)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def messages(language: str) -> list[Message]:
    return [message for message in extraction.read(language) if message.id]


def forms_of(message: Message) -> list[tuple[str, str]]:
    """Each translation with the English it stands for; the last plural form with the plural."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[1], form) for form in message.string]


@languages
def test_the_catalogue_holds_the_messages_of_the_code_and_no_others(language: str) -> None:
    stored = extraction.path_of(language).read_bytes()
    assert extraction.as_text(extraction.updated(language)) == stored, (
        "run python -m matchmaker.translations.extraction, then translate what is empty"
    )


@languages
def test_every_message_is_translated_by_somebody(language: str) -> None:
    assert extraction.untranslated(extraction.read(language)) == []
    assert [message.id for message in messages(language) if message.fuzzy] == []


def test_a_colon_after_a_value_is_written_as_each_language_does() -> None:
    """``_(": ")``: French has a space before it."""
    bare = re.compile(r"\}\}(?:</\w+>)?:(?!//)")
    pages = {path.name: path.read_text() for path in (ROOT / "templates").rglob("*.html")}
    assert [name for name, text in pages.items() if bare.search(text)] == []


@languages
def test_a_translation_fills_in_what_its_message_fills_in(language: str) -> None:
    for message in messages(language):
        pairs = forms_of(message)
        for english, form in pairs[:-1]:  # "one meeting" may do without its number
            assert set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(english)), message.id
        english, last = pairs[-1]
        assert sorted(PLACEHOLDER.findall(last)) == sorted(PLACEHOLDER.findall(english)), message.id
        rest = PLACEHOLDER.sub("", last)
        assert not re.search(r"%\(|[{}]", rest), message.id


@languages
def test_plural_messages_have_every_form_of_the_language(language: str) -> None:
    counts = {
        len(message.string) for message in messages(language) if not isinstance(message.id, str)
    }
    assert counts == {PLURAL_FORMS[language]}


@languages
def test_nothing_is_left_in_english_by_accident(language: str) -> None:
    same = {english for message in messages(language) for english, form in forms_of(message)
            if english == form}  # fmt: skip
    assert same <= (SAME_IN_FRENCH if language == "fr" else {": "})


def test_arabic_sentences_are_arabic() -> None:
    for message in messages("ar"):
        for _english, form in forms_of(message):
            words = set(LATIN.findall(PLACEHOLDER.sub("", form)))
            assert words <= LATIN_IN_ARABIC, form
            assert not re.search(r"[?;,] |[?;]$|[٠-٩]", re.sub(r"fr; ar; en", "", form)), form


def test_french_punctuation_does_not_break_from_its_word() -> None:
    for message in messages("fr"):
        for _english, form in forms_of(message):
            assert not re.search(r" (?:%%|[:;!?»])|« |\w'\w", form), form


@on_sqlite
def test_numbers_choose_their_form(app: Flask) -> None:
    with app.app_context():
        assert _counted("fr") == ["0 rendez-vous", "1 rendez-vous", "2 rendez-vous"] + [
            f"{number} rendez-vous" for number in (3, 11, 100, 102)
        ]
        arabic = ["لا لقاءات", "لقاء واحد", "لقاءان", "3 لقاءات", "11 لقاءً", "100 لقاء", "102 لقاء"]
        assert _counted("ar") == arabic
        assert _counted("en")[1:3] == ["1 meeting", "2 meetings"]


def _counted(language: str) -> list[str]:
    with speak(language):
        return [
            str(ngettext("%(num)s meeting", "%(num)s meetings", number))
            for number in (0, 1, 2, 3, 11, 100, 102)
        ]


@on_sqlite
def test_the_locales_of_morocco_use_the_catalogues(app: Flask) -> None:
    with app.app_context():
        said = []
        for language in ("fr", "ar", "en"):
            with speak(language):
                said.append(str(gettext("My agenda")))
    assert said == ["Mon agenda", "أجندتي", "My agenda"]
    assert [str(locale_of(code)) for code in ("fr", "ar", "en")] == ["fr_MA", "ar_MA", "en_GB"]


class Short(Form):
    word = StringField(validators=[Length(max=5)])


@on_sqlite
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Ce champ compte au plus 5 caractères."),
        ("ar", "لا يتجاوز هذا الحقل 5 أحرف."),
        ("en", "Field cannot be longer than 5 characters."),
    ],
)
def test_the_sentences_of_the_form_library_are_ours(
    app: Flask, language: str, sentence: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(method="POST", data={"word": "too long"}), speak(language):
        form = Short()
        assert not form.validate()
        assert form.word.errors == [sentence]


class Shown(HTMLParser):
    """What a reader meets: texts and spoken labels, without names that people typed."""

    HIDDEN = ("title", "script", "style", "svg", "bdi", "code", "option", "textarea")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("aria-label", "placeholder", "title", "alt"):
            if (value := values.get(name)) and "lang" not in values:
                self.texts.append(value.strip())
        if tag not in VOID:
            typed = tag in self.HIDDEN or values.get("dir") in ("ltr", "auto")
            foreign = "lang" in values and tag != "html"
            self.inside.append(typed or foreign)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self.inside):
            self.texts.append(" ".join(data.split()))


@pytest.fixture
def world(app: Flask) -> World:
    app.config["PAGES_CHECKED"] = False
    return make_world(app)


def pages(world: World, language: str) -> Iterator[tuple[str, str]]:
    """Every page as somebody to whom it is open."""
    for rule in world.app.url_map.iter_rules():
        line = ROUTES.get(rule.endpoint)
        if line is None or line.get != 200 or "GET" not in (rule.methods or ()):
            continue
        values = {**world.own, **line.arguments}
        built = rule.build({name: values[name] for name in rule.arguments})
        assert built is not None
        client = world.app.test_client()
        client.set_cookie("matchmaker", world.cookies[line.people[-1]])
        client.set_cookie("language", language)
        answer = client.get(
            built[1], query_string={**line.query, "language": language}, buffered=True
        )
        if answer.mimetype == "text/html" and answer.status_code == 200:
            yield built[1], answer.get_data(as_text=True)


@on_sqlite
@languages
def test_no_page_shows_english(world: World, language: str) -> None:
    english = {part for message in messages(language) for part, _form in forms_of(message)}
    opened, found = 0, {}
    for path, html in pages(world, language):
        opened += 1
        texts = [text for text in Shown(html).texts if not TYPED.search(text)]
        found[path] = {text for text in texts if text in english - SAME_IN_FRENCH}
        if language == "ar":  # there a text that was never given to gettext is seen, too
            found[path] |= {word for text in texts for word in LATIN.findall(text)}
            found[path] -= LATIN_IN_ARABIC
    assert [(path, texts) for path, texts in found.items() if texts] == []
    assert opened > 40
