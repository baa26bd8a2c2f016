"""The typesetter: templates and data in, PDF out.

User text arrives as data and is never read as markup; neither the network nor files outside the
templates can be reached from a template.
"""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from flask import current_app

FONT_PACKAGES = ("fontpkg_amiri", "fontpkg_noto_sans")  # Amiri: Arabic that can be extracted
A4_INCHES = 8.27
_of_thread = threading.local()


def template_path(name: str) -> Path:
    """``templates/agendas/<name>.typ``"""
    return Path(str(current_app.template_folder)) / "agendas" / f"{name}.typ"


def typeset(template: Path, data: dict[str, Any], *, accessible: bool = False) -> bytes:
    """The template filled with the data, as PDF; ``accessible`` makes it PDF/UA-1."""
    pdf = _compiler(str(template.parent)).compile(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1" if accessible else [],
        pdf_tags=accessible,
    )
    return bytes(pdf)


def draw(template: Path, data: dict[str, Any], width: int) -> list[bytes]:
    """The same as pictures, a PNG per page, about so many pixels wide (of an A4 sheet)."""
    pictures = _compiler(str(template.parent)).compile(
        template,
        format="png",
        ppi=width / A4_INCHES,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return [bytes(page) for page in (pictures if isinstance(pictures, list) else [pictures])]


def _compiler(folder: str) -> Any:
    """One per thread, as it is not made to be shared."""
    if getattr(_of_thread, "folder", None) != folder:
        _of_thread.compiler = typst.Compiler(root=folder, font_paths=_fonts())
        _of_thread.folder = folder
    return _of_thread.compiler


@lru_cache(maxsize=1)
def _fonts() -> Any:
    paths = [str(resources.files(package) / "files") for package in FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)
