"""The commands, as an operator types them, on an installation of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from matchmaker.config import Config
from matchmaker.installation import address, set_up

ROOT = Path(__file__).resolve().parents[3]


def matchmaker(instance: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "matchmaker", *arguments],
        cwd=ROOT, env={**os.environ, "MATCHMAKER_INSTANCE": str(instance)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("instance")
    done = matchmaker(folder, "set-up")
    assert done.returncode == 0, done.stderr
    return folder


def test_set_up_can_be_run_again_and_keeps_the_secret(instance: Path) -> None:
    before = (instance / "config.toml").read_text()
    assert matchmaker(instance, "set-up").returncode == 0
    assert (instance / "config.toml").read_text() == before
    assert (instance / "config.toml").stat().st_mode & 0o077 == 0


def test_links_name_the_port_that_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHMAKER_BASE_URL", Config.base_url)  # so that it is put back
    config = set_up(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert address(config, "0.0.0.0", 8080).base_url == "http://127.0.0.1:8080"
    named = replace(config, base_url="https://forum.example")
    assert address(named, "0.0.0.0", 8080) is named


def test_an_organiser_gets_a_link_to_sign_in(instance: Path) -> None:
    done = matchmaker(instance, "organiser", "dounia@cluster.example", "--name", "Dounia")
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/\S{40,}\n", done.stdout), done.stderr


def test_a_taken_port_is_a_sentence(instance: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = matchmaker(instance, "serve", "--port", port)
    assert done.returncode == 2
    assert re.match(rf"Cannot listen at 127\.0\.0\.1, port {port}: .*--port", done.stderr)
    assert done.stdout == ""


def test_no_link_is_made_for_an_unknown_address(instance: Path) -> None:
    done = matchmaker(instance, "sign-in-link", "nobody@cluster.example")
    assert (done.returncode, done.stderr) == (
        2,
        "There is no account with the address nobody@cluster.example.\n",
    )


def test_the_demonstrations_spreadsheets_can_be_written(instance: Path, tmp_path: Path) -> None:
    done = matchmaker(instance, "demo", "--participants", "12", "--spreadsheets", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["participants.xlsx", "wishes.xlsx"]


def test_a_backup_is_written(instance: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    assert matchmaker(instance, "backup", str(target)).returncode == 0
    assert target.stat().st_size > 0


def test_waiting_work_is_worked_off(instance: Path) -> None:
    assert matchmaker(instance, "work", "--once").returncode == 0


def test_without_settings_the_start_is_refused_in_one_sentence(tmp_path: Path) -> None:
    done = matchmaker(tmp_path, "work", "--once")
    assert done.returncode == 2
    assert done.stderr.startswith("secret_key is missing")
    assert done.stderr.count("\n") == 1


def test_run_explains_itself_without_setting_anything_up(tmp_path: Path) -> None:
    checkout = _checkout(tmp_path)
    done = subprocess.run(["sh", "run", "--help"], cwd=checkout, capture_output=True, text=True)
    assert done.returncode == 0
    assert "./run --port 8080" in done.stdout
    assert not (checkout / ".venv").exists()


def test_where_venv_is_missing_the_package_is_named(tmp_path: Path) -> None:
    checkout = _checkout(tmp_path)
    programs = _programs(tmp_path, lacking="venv")
    done = subprocess.run(
        [shutil.which("sh") or "sh", "run"], cwd=checkout, env={"PATH": str(programs)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert f"apt install {version}-venv" in done.stderr


def test_where_python_is_missing_or_too_old_it_says_so(tmp_path: Path) -> None:
    checkout = _checkout(tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(
        [shutil.which("sh") or "sh", "run"], cwd=checkout, env={"PATH": str(programs)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def _checkout(folder: Path) -> Path:
    checkout = folder / "checkout"
    (checkout / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / "run", checkout)
    shutil.copy(ROOT / ".ci" / "environment.sh", checkout / ".ci")
    return checkout


def _programs(folder: Path, *, lacking: str) -> Path:
    """A PATH on which Python is there and one of its modules is not."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "dirname").symlink_to(shutil.which("dirname") or "")
    (programs / "cmp").symlink_to(shutil.which("cmp") or "")
    blocked = folder / "blocked"
    blocked.mkdir()
    (blocked / f"{lacking}.py").write_text("raise ImportError")
    python = programs / "python3"
    python.write_text(f'#!{shutil.which("sh")}\nPYTHONPATH={blocked} exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return programs
