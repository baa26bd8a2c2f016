"""Text that a spreadsheet program would run as a formula: made inert, and made itself again.

An apostrophe goes before the sign. Both functions are exact opposites for every text, also for
one that had such an apostrophe already.
"""

from __future__ import annotations

import re

SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"  # full-width signs count for Excel, too
SEPARATORS = ";,|\t\r\n"  # where another program's list separator may begin a cell
_BARE = re.compile(f"(\\A|[{SEPARATORS}])(?='*(?:[ \u00a0]*[{SIGNS}]|[\t\r]))")
_ARMED = re.compile(f"(\\A|[{SEPARATORS}])'(?='*(?:[ \u00a0]*[{SIGNS}]|[\t\r]))")


def disarm(text: str) -> str:
    """The text for a CSV file: no part of it can be taken for a formula."""
    return _BARE.sub(r"\1'", text)


def rearm(text: str) -> str:
    """The text as it was before :func:`disarm`."""
    return _ARMED.sub(r"\1", text)
