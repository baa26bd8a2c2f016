"""A letter in blocks, written out twice: as plain text, and as HTML that any mailbox can show.

The HTML carries no image and no address but the links that the text has, too: nobody learns who
opened it. Styles stand in the lines, since many mailboxes drop a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from matchmaker.languages import direction

FONT = "font-family: system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Geeza Pro', Tahoma, sans-serif;"
PAGE = f"margin: 0; padding: 16px; background: #faf9f6; color: #1b2426; {FONT}"
SHEET = (
    "max-width: 36em; margin: 0 auto; padding: 20px; background: #ffffff;"
    " border: 1px solid #dedbd2; border-radius: 8px; font-size: 16px; line-height: 1.6;"
)
BUTTON = (
    "display: inline-block; padding: 10px 18px; color: #ffffff;"
    " border-radius: 8px; text-decoration: none; font-weight: 600;"
)
BAND = (
    "max-width: 36em; margin: 0 auto 12px; padding: 12px 20px; border-radius: 8px;"
    " font-size: 18px; font-weight: 700;"
)
SMALL = "max-width: 36em; margin: 12px auto 0; padding: 0 20px; color: #566165; font-size: 13px;"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """Lines of a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go on; the label is for those who see no address."""

    label: str
    url: str


Block = str | Heading | Items | Link


@dataclass(frozen=True, slots=True)
class Dress:
    """How a letter looks: whose name stands above it on which colour, the colour of its buttons,
    who signs it, and what stands below.
    """

    name: str = ""
    band: str = ""
    on_band: str = ""
    accent: str = "#0b6a5c"
    signature: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a mail, in one language. ``foot`` is small print below it."""

    subject: str
    blocks: tuple[Block, ...]
    foot: tuple[str | Link, ...] = ()
    dress: Dress = Dress()

    @property
    def signed(self) -> tuple[Block, ...]:
        return (*self.blocks, self.dress.signature) if self.dress.signature else self.blocks

    @property
    def whole_foot(self) -> tuple[str | Link, ...]:
        return (self.dress.footer, *self.foot) if self.dress.footer else self.foot


def as_text(letter: Letter) -> str:
    parts = [_text(block) for block in letter.signed]
    if letter.whole_foot:
        parts += ["-- \n" + "\n".join(_foot_text(part) for part in letter.whole_foot)]
    return "\n\n".join(parts) + "\n"


def as_html(letter: Letter, language: str) -> str:
    return str(
        Markup(
            '<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">'
            '<head><meta charset="utf-8"/><title>{subject}</title></head>'
            '<body style="{page}">{band}<div dir="{direction}" style="{sheet}">\n{blocks}\n</div>'
            "{foot}</body></html>\n"
        ).format(
            language=language,
            direction=direction(language),
            subject=letter.subject,
            page=PAGE,
            sheet=SHEET,
            band=_band(letter.dress, language),
            blocks=_lines(_html(block, letter.dress.accent) for block in letter.signed),
            foot=_foot_html(letter, language),
        )
    )


def _text(block: Block) -> str:
    if isinstance(block, Items):
        return "\n".join(f"- {line}" for line in block.lines)
    if isinstance(block, Link):
        return f"{block.label}\n{block.url}"
    return block.text if isinstance(block, Heading) else block


def _band(dress: Dress, language: str) -> Markup:
    """The event's name on its colour."""
    if not dress.name:
        return Markup("")
    return Markup('<div dir="{}" style="{} background: {}; color: {};">{}</div>').format(
        direction(language), BAND, dress.band, dress.on_band, dress.name
    )


def _html(block: Block, accent: str) -> Markup:
    if isinstance(block, Items):
        rows = _lines(Markup("<li>{}</li>").format(line) for line in block.lines)
        return Markup("<ul>{}</ul>").format(rows)
    if isinstance(block, Link):
        return Markup('<p><a href="{}" style="{}">{}</a></p>').format(
            block.url, f"{BUTTON} background: {accent};", block.label
        )
    if isinstance(block, Heading):
        return Markup('<h2 style="font-size: 17px; margin: 24px 0 4px;">{}</h2>').format(block.text)
    return Markup("<p>{}</p>").format(_broken(block))


def _broken(text: str) -> Markup:
    return Markup("<br/>").join(escape(line) for line in text.split("\n"))


def _foot_text(part: str | Link) -> str:
    return f"{part.label}\n{part.url}" if isinstance(part, Link) else part


def _foot_html(letter: Letter, language: str) -> Markup:
    if not letter.whole_foot:
        return Markup("")
    parts = [
        Markup('<a href="{}" style="color: #566165;">{}</a>').format(part.url, part.label)
        if isinstance(part, Link)
        else _broken(part)
        for part in letter.whole_foot
    ]
    return Markup('<div dir="{}" style="{}">{}</div>').format(
        direction(language), SMALL, Markup("<br/>").join(parts)
    )


def _lines(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)
