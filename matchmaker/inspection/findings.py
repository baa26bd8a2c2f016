"""What a check finds: what is wrong in a sentence, and the page that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matchmaker.inspection.ground import Ground


@dataclass(frozen=True)
class Finding:
    """``kind``: wrong (contradicts something), missing, or open (works, but look at it)."""

    kind: str
    text: str
    link: str  # an endpoint of the event


Check = Callable[[Ground], Iterator[Finding]]
KINDS = ("wrong", "missing", "open")
