"""Settings: read once, complaining by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from matchmaker.config import Misconfigured, read_config

SECRET = 'secret_key = "' + "s" * 40 + '"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "secret_key is missing or shorter than 32 characters"),
        ('secret_key = "short"', "secret_key is missing or shorter than 32 characters"),
        (SECRET + "colour = 1", "there is no setting 'colour'"),
        (SECRET + "smtp_port = 'x'", "smtp_port must be of the kind int"),
        (SECRET + "base_url = 'forum.example'", "base_url must begin with http:// or https://"),
        ("secret_key = ", "config.toml cannot be read"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured, match=sentence):
        read_config(tmp_path)


def test_the_environment_comes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text(SECRET + "smtp_port = 25", encoding="utf-8")
    monkeypatch.setenv("MATCHMAKER_SMTP_PORT", "2525")
    monkeypatch.setenv("MATCHMAKER_SMTP_STARTTLS", "no")
    config = read_config(tmp_path)
    assert (config.smtp_port, config.smtp_starttls) == (2525, False)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MATCHMAKER_SMTP_PORT", "mail", "MATCHMAKER_SMTP_PORT must be a whole number"),
        ("MATCHMAKER_SMTP_STARTTLS", "maybe", "MATCHMAKER_SMTP_STARTTLS must be yes or no"),
    ],
)
def test_a_wrong_variable_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    (tmp_path / "config.toml").write_text(SECRET, encoding="utf-8")
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured, match=sentence):
        read_config(tmp_path)
