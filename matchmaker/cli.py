"""The commands of ``matchmaker``: set up, try, serve, work, back up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO, NoReturn

import click

from matchmaker.config import Misconfigured
from matchmaker.errors import Refusal


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Matchmaker schedules the business meetings of a forum and proves how good the schedule is."""


def main() -> NoReturn:
    """Run a command; a refusal is one sentence, never a trace."""
    try:
        commands(prog_name="matchmaker", standalone_mode=True)
    except (Misconfigured, Refusal) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    sys.exit(0)


@commands.command("set-up")
@click.option("--base-url", default="http://127.0.0.1:8000", show_default=True)
def set_up(base_url: str) -> None:
    """Create the settings and the database, or bring them up to date."""
    from matchmaker.installation import set_up

    config = set_up(base_url=base_url)
    click.echo(f"Ready. Settings and data: {config.instance}")


@commands.command()
@click.argument("address")
@click.option("--name", default="", help="The organiser's name.")
def organiser(address: str, name: str) -> None:
    """Make ADDRESS an organiser who may create events, and print a sign-in link."""
    from matchmaker import create_app
    from matchmaker.organisers import make_organiser

    click.echo(make_organiser(create_app(), address, name=name))


@commands.command("sign-in-link")
@click.argument("address")
def sign_in_link(address: str) -> None:
    """Print a sign-in link for an existing account (it can be used once)."""
    from matchmaker import create_app
    from matchmaker.organisers import link_for

    click.echo(link_for(create_app(), address))


@commands.command()
@click.option("--participants", default=120, show_default=True, type=click.IntRange(2, 20_000))
@click.option("--seed", default=1, show_default=True)
@click.option("--seconds", default=10, show_default=True, type=click.IntRange(1, 600))
@click.option(
    "--spreadsheets", type=click.Path(path_type=Path), help="Only write the two spreadsheets here."
)
def demo(participants: int, seed: int, seconds: int, spreadsheets: Path | None) -> None:
    """Load the demonstration forum, solve and publish it."""
    from matchmaker import create_app
    from matchmaker.demo.spreadsheets import write
    from matchmaker.demo.tour import make_demo

    if spreadsheets:
        for path in write(spreadsheets, participants=participants, seed=seed):
            click.echo(str(path))
        return
    app = create_app()
    with app.app_context():
        make_demo(app, participants=participants, seed=seed, seconds=seconds, say=click.echo)


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--no-worker", is_flag=True, help="Jobs are worked off elsewhere.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Serve the application, with a worker beside it."""
    from matchmaker import create_app
    from matchmaker.config import read_config
    from matchmaker.installation import address, check_database
    from matchmaker.serving import serve

    config = address(read_config(), host, port)
    check_database(config)
    said = f"Matchmaker: {config.base_url} (Ctrl-C stops)"
    app = create_app(config)
    serve(app, host, port, say=lambda: click.echo(said), with_worker=not no_worker)


@commands.command()
@click.option("--once", is_flag=True, help="Work off what waits, then end.")
def work(once: bool) -> None:
    """Work off jobs: solver runs, print packs, mails."""
    from matchmaker import create_app
    from matchmaker.config import read_config
    from matchmaker.installation import check_database
    from matchmaker.worker import work, work_once

    config = read_config()
    check_database(config)
    app = create_app(config)
    work_once(app) if once else work(app)


@commands.command()
@click.argument("source", type=click.File("rb"))
def bounces(source: BinaryIO) -> None:
    """Take in mails that came back: SOURCE is a mail, an mbox file, or - for a pipe."""
    from matchmaker import create_app
    from matchmaker.database import db
    from matchmaker.mails.bounces import take_in

    with create_app().app_context():
        click.echo(f"{take_in(db.session, source.read())} mails marked as returned")


@commands.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path) -> None:
    """Write a whole copy of the database to TARGET while people work."""
    from matchmaker.backup import back_up
    from matchmaker.config import read_config

    back_up(read_config().database, target)
    click.echo(f"Backup written to {target}")


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--seconds", default=10, show_default=True, type=click.IntRange(1, 600))
def run(host: str, port: int, seconds: int) -> None:
    """Set up, load the demonstration forum where there is no event yet, and serve."""
    from matchmaker.demo.tour import start_tour

    start_tour(host=host, port=port, seconds=seconds)
