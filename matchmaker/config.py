"""Configuration: defaults, then ``instance/config.toml``, then ``MATCHMAKER_*`` variables.

Read once, checked at the start, and complaining by name.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "MATCHMAKER_"
SHORTEST_SECRET = 32


class Misconfigured(Exception):
    """The application cannot start; the sentence says which setting and what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """All settings. Addresses without a default are derived from ``instance``."""

    instance: Path = ROOT / "instance"
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""  # empty: SQLite in the instance folder
    jobs_url: str = ""  # empty: Huey's SQLite storage in the instance folder; or redis://…
    mail_folder: str = ""  # empty: "mails" in the instance folder; used where smtp_host is empty
    mail_from: str = "forum@matchmaker.example"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = True
    upload_megabytes: int = 20
    trusted_proxies: int = 0
    solver_workers: int = 2
    testing: bool = False

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'matchmaker.sqlite'}"

    @property
    def mails(self) -> Path:
        return Path(self.mail_folder) if self.mail_folder else self.instance / "mails"


def config_of(app: Flask) -> Config:
    config: Config = app.extensions["matchmaker"]
    return config


def read_config(instance: Path | None = None, **overrides: Any) -> Config:
    """Merge file, environment and overrides; raise :class:`Misconfigured` with a sentence."""
    folder = Path(instance or os.environ.get(PREFIX + "INSTANCE", "") or ROOT / "instance")
    values: dict[str, Any] = {"instance": folder}
    values |= _from_file(folder / "config.toml")
    values |= _from_environment()
    values |= overrides
    config = Config(**values)
    _check(config)
    return config


def _known() -> dict[str, type]:
    kinds = {"str": str, "int": int, "bool": bool, "Path": Path}
    return {field.name: kinds[str(field.type)] for field in fields(Config)}


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Misconfigured(f"{path.name} cannot be read: {fault}.") from None
    for name, value in values.items():
        kind = _known().get(name)
        if kind is None:
            raise Misconfigured(f"{path.name}: there is no setting {name!r}.")
        if not isinstance(value, kind):
            raise Misconfigured(f"{path.name}: {name} must be of the kind {kind.__name__}.")
    return values


def _from_environment() -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, kind in _known().items():
        text = os.environ.get(PREFIX + name.upper())
        if text is None or name == "instance":
            continue
        values[name] = _convert(PREFIX + name.upper(), text, kind)
    return values


def _convert(variable: str, text: str, kind: type) -> Any:
    if kind is bool:
        if text.lower() not in {"yes", "no", "true", "false", "1", "0"}:
            raise Misconfigured(f"{variable} must be yes or no, not {text!r}.")
        return text.lower() in {"yes", "true", "1"}
    try:
        return kind(text)
    except ValueError:
        raise Misconfigured(f"{variable} must be a whole number, not {text!r}.") from None


def _check(config: Config) -> None:
    if len(config.secret_key) < SHORTEST_SECRET:
        raise Misconfigured(
            f"secret_key is missing or shorter than {SHORTEST_SECRET} characters: "
            "run `matchmaker set-up`, which writes one into config.toml."
        )
    if not config.base_url.startswith(("http://", "https://")):
        raise Misconfigured("base_url must begin with http:// or https://.")
