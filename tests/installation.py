"""An installation of its own: a folder, a real server and its worker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Installation:
    """An instance folder of its own, served at ``address``."""

    instance: Path
    address: str

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "matchmaker", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "MATCHMAKER_INSTANCE": str(self.instance),
            "MATCHMAKER_BASE_URL": self.address,
        }


@contextmanager
def served(instance: Path) -> Iterator[Installation]:
    """Set up and served until the end of the block."""
    port = free_port()
    made = Installation(instance, f"http://127.0.0.1:{port}")
    made.command("set-up")
    server = subprocess.Popen(
        [sys.executable, "-m", "matchmaker", "serve", "--port", str(port)],
        cwd=ROOT, env=made.environment,
    )  # fmt: skip
    try:
        _wait_for(f"{made.address}/health", server)
        yield made
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while server.poll() is None and time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")
