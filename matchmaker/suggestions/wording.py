"""Reasons as sentences in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from matchmaker.database import Texts
from matchmaker.languages import comma, isolate, language_name, pick
from matchmaker.organisations.countries import country_name
from matchmaker.suggestions.facts import CLUSTER, FUNDING, Side
from matchmaker.suggestions.reasons import Reason
from matchmaker.vocabularies.queries import Labels

# What is asked for, by an entry, a project or a profile, and what answers it.
BETWEEN = {
    ("met", "entry", "entry"): _("You look for “%(mine)s”, and they offer “%(theirs)s”."),
    ("met", "entry", ""): _("You look for “%(mine)s”, and they work in: %(what)s."),
    ("met", "project", "entry"): _(
        "Your project “%(mine)s” looks for partners, and they offer “%(theirs)s”."
    ),
    ("met", "project", ""): _(
        "Your project “%(mine)s” looks for partners, and they work in: %(what)s."
    ),
    ("met", "", "entry"): _("They offer “%(theirs)s”, and you work in: %(what)s."),
    ("sold", "entry", "entry"): _("They look for “%(theirs)s”, and you offer “%(mine)s”."),
    ("sold", "entry", ""): _("They look for “%(theirs)s”, and you work in: %(what)s."),
    ("sold", "project", "entry"): _(
        "Their project “%(theirs)s” looks for partners, and you offer “%(mine)s”."
    ),
    ("sold", "project", ""): _(
        "Their project “%(theirs)s” looks for partners, and you work in: %(what)s."
    ),
    ("sold", "", "entry"): _("You offer “%(mine)s”, and they work in: %(what)s."),
}
OF_FUNDING = {
    "met": _("You look for funding, and they invest."),
    "sold": _("They look for funding, and you invest."),
}
OTHERS = {
    "field": _("You both work in: %(what)s."),
    "at home": _("You aim at %(what)s, and they are there."),
    "aiming": _("They aim at %(what)s, and you are there."),
    "languages": _("You both speak: %(what)s."),
    "sessions": _("You are both there: %(what)s."),
}
CLUSTERS = _("You both speak for clusters.")
WITHOUT_CODES = {
    "languages": _("You have no language in common: an interpreter would be needed."),
    "field": _("What your organisations say of themselves is much alike."),
}
CLOSE = _("something close to it")


@dataclass(frozen=True)
class Words:
    """What codes and entries are called."""

    language: str
    labels: Labels
    sessions: Mapping[str, Texts]  # in their order
    titles: Mapping[str, str]  # of entries

    def sentence(self, reason: Reason) -> str:
        if reason.what in OF_FUNDING and CLUSTER in reason.codes:
            return str(CLUSTERS)
        if reason.what in OF_FUNDING and FUNDING in reason.codes:
            return str(OF_FUNDING[reason.what])
        if reason.what in WITHOUT_CODES and not reason.codes:
            return str(WITHOUT_CODES[reason.what])
        named = {
            "mine": self._title(reason.mine),
            "theirs": self._title(reason.theirs),
            "what": self._what(reason),
        }
        return str(OTHERS.get(reason.what) or BETWEEN[_form(reason)]) % named

    def _what(self, reason: Reason) -> str:
        return {
            "languages": self._languages,
            "sessions": self._sessions,
            "at home": self._countries,
            "aiming": self._countries,
        }.get(reason.what, self._labels)(reason.codes)

    def _labels(self, codes: Sequence[str]) -> str:
        """Where only the texts are alike, that."""
        parts = [code.partition(":") for code in codes]
        found = [
            pick(self.labels.get(kind, {}).get(code), self.language) for kind, _colon, code in parts
        ]
        return self._list([isolate(label) for label in found if label]) or str(CLOSE)

    def _languages(self, codes: Sequence[str]) -> str:
        return self._list([language_name(code, self.language) for code in codes])

    def _countries(self, codes: Sequence[str]) -> str:
        return self._list([country_name(code, self.language) for code in codes])

    def _sessions(self, codes: Sequence[str]) -> str:
        return self._list(
            [pick(names, self.language) for id_, names in self.sessions.items() if id_ in codes]
        )

    def _title(self, side: Side | None) -> str:
        return isolate(self.titles.get(side.entry_id or "", "")) if side else ""

    def _list(self, items: Sequence[str]) -> str:
        return comma(self.language).join(items)


def _form(reason: Reason) -> tuple[str, str, str]:
    asking, giving = reason.mine, reason.theirs
    if reason.what == "sold":
        asking, giving = giving, asking
    kind = asking.kind if asking else ""
    answer = "entry" if giving and giving.kind else ""
    return reason.what, kind if kind in ("", "project") else "entry", answer
