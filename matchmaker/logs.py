"""Logs: one JSON object per line on stderr, with ids and never with what people entered.

Addresses of requests are not logged, since some hold a secret: the endpoint is. What other
libraries say of paths is masked, and of exceptions only their kind and place is kept: the
message of a database error may quote a row.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

SECRET_PATHS = re.compile(r"/(sign-in|a)/[^/\s?\"']+")
FAULTY_PATH = re.compile(r"^Exception on \S+")  # what Flask says of a bug
Entry = MutableMapping[str, Any]
log = structlog.get_logger("matchmaker")


def configure_logs(*, to_stderr: bool) -> None:
    """Everything through the standard library's logging; ``to_stderr`` adds the handler."""
    common: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        mask_secrets,
        keep_kind_and_place,
    ]
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    if to_stderr:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(json_lines(common))
        logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
        logging.getLogger("huey").setLevel(logging.WARNING)


def json_lines(common: list[Any]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=common,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


def mask_secrets(_logger: Any, _method: str, entry: Entry) -> Entry:
    for key, value in entry.items():
        if isinstance(value, str):
            entry[key] = FAULTY_PATH.sub("Exception on ***", SECRET_PATHS.sub(r"/\1/***", value))
    return entry


def keep_kind_and_place(_logger: Any, _method: str, entry: Entry) -> Entry:
    fault = entry.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        entry["fault"] = type(fault).__name__
        frames = traceback.extract_tb(fault.__traceback__)
        entry["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return entry


def prepare_logs(app: Flask) -> None:
    @app.before_request
    def start_watch() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def note_request(response: Response) -> Response:
        if request.endpoint != "static":
            log.info("request", **_said_of(response))
        return response


def _said_of(response: Response) -> dict[str, Any]:
    return {
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "milliseconds": round(1000 * (time.perf_counter() - g.get("started", time.perf_counter()))),
        "account": g.get("account_id"),
    }
