"""The line that shows how the solving goes on."""

from __future__ import annotations

import io

from matchmaker.demo.solving import show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_value_and_bound_on_one_line_that_is_written_over() -> None:
    terminal = Terminal()
    show_progress(terminal, 3.2, {})
    show_progress(terminal, 4.0, {"goal": "wishes", "value": 3996, "bound": 4038})
    first, second = terminal.getvalue().split("\r")[1:]
    assert first.rstrip() == "  solving,    3 s"
    assert second.rstrip() == "  solving,    4 s   wishes: 3996, no schedule can beat 4038"
    assert len(first) == len(second)


def test_lists_are_shown_as_numbers() -> None:
    terminal = Terminal()
    show_progress(terminal, 9, {"goal": "worst_off", "value": [0, 1], "bound": None})
    assert terminal.getvalue().rstrip().endswith("worst_off: 0 1, no schedule can beat …")


def test_a_file_gets_no_progress() -> None:
    file = io.StringIO()
    show_progress(file, 3.2, {"goal": "wishes", "value": 1, "bound": 2})
    assert file.getvalue() == ""
