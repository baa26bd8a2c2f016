"""What a new installation needs: a settings file with a secret, translations, a database."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from matchmaker import migrations, translations
from matchmaker.config import ROOT, Config, read_config
from matchmaker.database import make_engine
from matchmaker.migrations.age import refuse_other_age

SETTINGS = """\
# Settings of this installation. Every setting can also be given as MATCHMAKER_NAME.
# What else there is: docs/operators.md.
secret_key = "{secret}"
base_url = "{base_url}"
"""
PRIVATE, PRIVATE_FOLDER = 0o600, 0o700


def set_up(instance: Path | None = None, base_url: str = "http://127.0.0.1:8000") -> Config:
    """Make what is missing, bring the database up to date, and leave the rest alone."""
    folder = Path(instance or os.environ.get("MATCHMAKER_INSTANCE", "") or ROOT / "instance")
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    _write_settings(folder / "config.toml", base_url)
    translations.compile_catalogues()
    config = read_config(folder)
    config.mails.mkdir(parents=True, exist_ok=True)
    engine = make_engine(config.database)
    migrations.upgrade(engine)
    engine.dispose()
    return config


def check_database(config: Config) -> None:
    """Refuse what the program could not serve."""
    engine = make_engine(config.database)
    try:
        refuse_other_age(engine)
    finally:
        engine.dispose()


def address(config: Config, host: str, port: int) -> Config:
    """Links name the port that is served, unless the settings name an address of their own."""
    if config.base_url != Config.base_url:
        return config
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    # The worker is a process of its own and reads the same settings.
    os.environ["MATCHMAKER_BASE_URL"] = f"http://{shown}:{port}"
    return read_config(config.instance)


def _write_settings(path: Path, base_url: str) -> None:
    if path.exists():
        return
    path.touch(mode=PRIVATE)
    path.write_text(
        SETTINGS.format(secret=secrets.token_urlsafe(48), base_url=base_url), encoding="utf-8"
    )
    print(f"Settings written to {path}", file=sys.stderr)  # noqa: T201 - the operator reads it
