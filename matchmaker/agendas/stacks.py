"""Sheets of a print, of which a preview looks at three and the printer at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

Source = TypeVar("Source")


class Stack(Sequence[Source], Generic[Source]):
    """Whose the sheets are is known from the start; what stands on them is read when they are
    looked at: ``some`` makes those of a few keys, ``every`` all of them, which is quicker then.
    """

    def __init__(
        self,
        keys: Sequence[Any],
        some: Callable[[Collection[Any]], Sequence[Source]],
        every: Callable[[], Sequence[Source]],
    ) -> None:
        self.keys, self._some, self._every = keys, some, every

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Source]:
        return iter(self._every() if self.keys else ())

    @overload
    def __getitem__(self, number: int) -> Source: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Source]: ...
    def __getitem__(self, number: int | slice) -> Source | Sequence[Source]:
        if isinstance(number, slice):
            return list(self._every())[number]
        return self._some([self.keys[number]])[0]
