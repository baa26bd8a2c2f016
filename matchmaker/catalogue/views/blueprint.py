"""The blueprint that the pages of this feature share, and what each list has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask_babel import lazy_gettext as _

from matchmaker.accounts.localisation import current_language
from matchmaker.catalogue.facets import Facet, facets_of
from matchmaker.catalogue.known import Known
from matchmaker.catalogue.marking import pieces_of
from matchmaker.catalogue.queries import Asked, Search
from matchmaker.database import db
from matchmaker.paging import Page, asked_page
from matchmaker.participants.filters import LONGEST, MOST, kept
from matchmaker.vocabularies.queries import labels_of

bp = Blueprint("catalogue", __name__)

SIZE = 24  # cards on a page
ORDER_NAMES = {
    "relevance": _("Best first"),
    "name": _("Name"),
    "organisation": _("Organisation"),
    "newest": _("Newest first"),
}


bp.add_app_template_global(pieces_of, "found_pieces")


def asked_by(facets: Iterable[str]) -> Asked:
    """What the address asks for."""
    return Asked(
        q=request.args.get("q", "")[:LONGEST],
        chosen={name: request.args.getlist(name)[:MOST] for name in facets},
        order=request.args.get("order", ""),
        language=current_language(),
    )


def found(search: Search, *, cards: Callable[[Sequence[Known]], Sequence[Any]]) -> Page:
    """The page asked for, as cards of its documents."""
    return Page.between(asked_page(), search.count(), search.rows, SIZE).filled(cards)


def show(name: str, search: Search, facets: Sequence[str], **values: Any) -> str:
    """The page of a list, or only what changes of it while somebody types."""
    is_part = request.args.get("part") == "found"
    if "labels" not in g:
        g.labels = labels_of(db.session, g.event.id)  # of the tags, too
    offered = facets_of(search, facets, g.labels)
    return render_template(
        "catalogue/_found.html" if is_part else f"catalogue/{name}.html",
        listing=f"catalogue/_{name}.html",
        asked=search.asked,
        facets=offered,
        chips=_chips(name, offered) + values.pop("chips", []),
        all_url=url_for(f".{name}", slug=g.event.slug),
        page_url=lambda number: list_url(name, "page", page=number),
        kept=kept(request.args),
        **values,
    )


def list_url(name: str, *without: str, **changed: Any) -> str:
    """This list again from its beginning, without some of what narrows it, or with more."""
    values: dict[str, Any] = {**kept(request.args, "page", *without), **changed}
    return url_for(f".{name}", slug=g.event.slug, **values)


def _chips(name: str, facets: Sequence[Facet]) -> list[tuple[str, str]]:
    """What was chosen, with the list as it is without it."""
    return [
        (option.label, list_url(name, facet.name, **{facet.name: _others(facet, option.code)}))
        for facet in facets
        for option in facet.chosen
    ]


def _others(facet: Facet, code: str) -> list[str]:
    return [option.code for option in facet.chosen if option.code != code]
