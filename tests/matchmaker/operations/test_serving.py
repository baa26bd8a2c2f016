"""Serving: an address is said when it answers."""

from __future__ import annotations

import socket

from flask import Flask

from matchmaker.serving import serve


def test_the_address_is_said_when_it_answers(app: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    answered = []

    def say() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            answered.append(port)
        raise KeyboardInterrupt

    serve(app, "127.0.0.1", port, say=say, with_worker=False)
    assert answered == [port]
