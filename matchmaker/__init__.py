"""Matchmaker: the web application."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, request
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from matchmaker.accounts.access import check_policies, prepare_access
from matchmaker.accounts.localisation import prepare_localisation
from matchmaker.bodies import Request
from matchmaker.clock import check_zone_tables
from matchmaker.compression import compress_answers
from matchmaker.config import ROOT, Config, config_of, read_config
from matchmaker.database import db, engine_options, mark_reading, prepare_engine
from matchmaker.error_pages import prepare_error_pages
from matchmaker.headers import send_headers
from matchmaker.jobs.queue import make_queue
from matchmaker.logs import configure_logs, prepare_logs
from matchmaker.origins import READING, prepare_origins
from matchmaker.pages import prepare_pages
from matchmaker.static_files import stamp_static_files

__all__ = ["config_of", "create_app", "csrf"]

FEATURES = (
    "home", "accounts", "events", "looks", "notices", "vocabularies", "participation",
    "organisations", "limits", "editions", "setups", "inspection",
    "participants", "programme", "marketplace", "wishes", "catalogue", "suggestions",
    "imports", "schedules",
    "segments", "exports", "merging",
    "capacity", "bookings", "drafts", "agendas", "mailings", "paper",
    "delegations", "teams", "privacy", "histories",
)  # fmt: skip
csrf = CSRFProtect()


def create_app(config: Config | None = None) -> Flask:
    """The application: configure, connect, prepare, register."""
    config = config or read_config()
    check_zone_tables()
    configure_logs(to_stderr=not config.testing)
    app = Flask(
        __name__, instance_path=str(config.instance.resolve()), template_folder=str(_templates())
    )
    app.request_class = Request
    _configure(app, config)
    prepare_origins(app, config)
    _connect(app, config)
    compress_answers(app)
    send_headers(app)
    stamp_static_files(app)
    prepare_logs(app)
    prepare_localisation(app)
    prepare_access(app)
    prepare_pages(app)
    prepare_error_pages(app)
    for feature in FEATURES:
        app.register_blueprint(import_module(f"matchmaker.{feature}.views").bp)
        if find_spec(f"matchmaker.{feature}.letters") is not None:
            import_module(f"matchmaker.{feature}.letters")  # the words of its kinds of mail
    csrf.exempt("matchmaker.notices.views.one_click")  # its address is the proof, see there
    check_policies(app)
    return app


def _templates() -> Path:
    """Beside the package in a checkout, inside it in an installed wheel."""
    beside = ROOT / "templates"
    return beside if beside.is_dir() else Path(__file__).parent / "_templates"


def _configure(app: Flask, config: Config) -> None:
    secure = config.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_ENGINES={"default": {"url": config.database, **engine_options(config.database)}},
        MAX_CONTENT_LENGTH=config.upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=5 * 1024 * 1024,  # thousands of rows may be pasted
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-matchmaker" if secure else "matchmaker",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # browsers may hide it; origins.py asks the origin
        TESTING=config.testing,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["matchmaker"] = config


def _connect(app: Flask, config: Config) -> None:
    db.init_app(app)
    csrf.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.extensions["queue"] = make_queue(config)

    @app.before_request
    def say_whether_it_writes() -> None:
        mark_reading(request.method in READING)
