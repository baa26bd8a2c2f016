"""From where requests may come: hosts that are ours, proxies that we know, our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from matchmaker.config import Config

LOCAL = ("localhost", "127.0.0.1")  # for health checks on the machine itself
READING = {"GET", "HEAD", "OPTIONS"}


def prepare_origins(app: Flask, config: Config) -> None:
    app.config["TRUSTED_HOSTS"] = [urlsplit(config.base_url).hostname or "", *LOCAL]
    if count := config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]

    @app.before_request
    def refuse_foreign_pages() -> None:
        """Beside the token in each form: a browser says itself which site a form stood on."""
        if request.method in READING:
            return
        origin = request.headers.get("Origin", "null")
        foreign = origin != "null" and urlsplit(origin).netloc != request.host
        if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(400)
