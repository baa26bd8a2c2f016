"""What both databases keep as JSON is read as ``json.loads`` reads it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.database import read_json

KEPT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(KEPT, st.sampled_from(["", " ", "\n"]), st.booleans())
def test_every_value_is_read_as_it_was_kept(value: object, around: str, as_bytes: bool) -> None:
    text = around + json.dumps(value, ensure_ascii=False) + around
    assert read_json(text.encode("utf-8", "surrogatepass") if as_bytes else text) == value


@pytest.mark.parametrize("text", ["", "[1", '{"a": 1} {', "[1] 2", "nothing"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_json(text)
