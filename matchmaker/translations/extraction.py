"""Bring the catalogues up to date with the code: ``python -m matchmaker.translations.extraction``.

Messages come from ``matchmaker/``, ``templates/`` and from WTForms, whose own catalogues leave
forms of the Arabic plural empty. Translations are kept, what the code no longer says goes, and
neither dates nor line numbers are written, so that a difference shows texts only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import wtforms
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from matchmaker.translations import FOLDER

LANGUAGES = ("fr", "ar")
APPLICATION = FOLDER.parent
TEMPLATES = APPLICATION.parent / "templates"
FORMS = Path(wtforms.__file__).parent
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
# Lines of a file's head that change without a text having changed, or say nothing.
IDLE = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Last-Translator",
        "Language-Team", "Report-Msgid-Bugs-To", "Project-Id-Version")  # fmt: skip
HEADER = "# Texts of Matchmaker. Which word stands for which thing: docs/translating.md"


def extract() -> Catalog:
    """Every message of the code, with the files that say it."""
    catalogue = Catalog()
    for message, place in sorted(_messages(), key=str):
        catalogue.add(message, locations=[(place, 0)])
    return catalogue


def _messages() -> Iterator[tuple[str | tuple[str, ...], str]]:
    for folder, pattern, method in (
        (APPLICATION, "**.py", "python"),
        (TEMPLATES, "**.html", "jinja2"),
        (FORMS, "**.py", "python"),
    ):
        found = extract_from_dir(folder, [(pattern, method)], keywords=KEYWORDS)
        for name, _line, message, _comments, _context in found:
            # Cross-site request forgery has an error page of its own.
            if not (folder == FORMS and name.startswith("csrf")):
                yield message, f"{folder.name}/{Path(name).as_posix()}"


def path_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of a language with exactly the messages of the code."""
    catalogue = read(language)
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.header_comment = HEADER
    catalogue.fuzzy = False
    return catalogue


def as_text(catalogue: Catalog) -> bytes:
    """The file, sorted by message."""
    out = io.BytesIO()
    write_po(
        out, catalogue, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    idle = tuple(f'"{name}'.encode() for name in IDLE)
    return b"".join(line for line in out.getvalue().splitlines(True) if not line.startswith(idle))


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages without a translation, or with a missing plural form."""
    return [
        str(message.id) for message in catalogue if message.id and not _is_whole(message.string)
    ]


def _is_whole(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and all([string] if isinstance(string, str) else string or ())


def main() -> None:
    for language in LANGUAGES:
        catalogue = updated(language)
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(as_text(catalogue))
        for message in untranslated(catalogue):
            print(f"{language}: {message}")  # noqa: T201 - who translates reads it


if __name__ == "__main__":
    main()
