"""The web server and its worker: two processes, so that neither can take the other down."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer

from matchmaker.collector import collect_seldom
from matchmaker.config import Misconfigured
from matchmaker.database import db
from matchmaker.imports.waiting import remember_waiting
from matchmaker.suggestions.remembering import remember_largest

THREADS = 12  # a page that follows a run holds one
RESTART_AFTER = 2.0
STOP_WITHIN = 20.0


def serve(
    app: Flask, host: str, port: int, *, say: Callable[[], None], with_worker: bool = True
) -> None:
    """Serve until interrupted; the worker is started again whenever it ends.

    ``say`` is called when whoever reads it is answered at the address."""
    server = _listen(app, host, port)
    signal.signal(signal.SIGTERM, _interrupt)  # or the worker would outlive its server
    collect_seldom()
    try:
        say()
        with app.app_context():
            remember_largest(db.engine)
            remember_waiting(app)
        if with_worker:
            with worker_process():
                server.run()
        else:
            server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _listen(app: Flask, host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
    try:
        return waitress.create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except OSError as trouble:
        raise Misconfigured(
            f"Cannot listen at {host}, port {port}: {trouble.strerror}. "
            "Another program may be there; --port takes another number."
        ) from trouble


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def worker_process() -> Iterator[None]:
    """A worker beside this process, watched."""
    ending = threading.Event()
    watcher = threading.Thread(target=_watch, args=(ending,), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        watcher.join(STOP_WITHIN)


def _watch(ending: threading.Event) -> None:
    while not ending.is_set():
        process = subprocess.Popen([sys.executable, "-m", "matchmaker", "work"])
        while process.poll() is None and not ending.wait(0.2):
            pass
        _stop(process)
        ending.wait(RESTART_AFTER)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()  # the worker keeps the best schedule so far
    try:
        process.wait(STOP_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
