"""The command line of an installation: `suhbat serve`, `suhbat prepare` and what rooms add."""

import argparse
import os
import resource
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version

import uvicorn

from suhbat.application import front_of, make_house
from suhbat.command_faults import told, wants_traceback
from suhbat.discovery import add_commands, load_rooms
from suhbat.floor.relays import warnings
from suhbat.ground.log import keep_log, without_secrets
from suhbat.ground.migrations.installations import made, there
from suhbat.ground.occupancy import occupy
from suhbat.ground.refusals import Refused
from suhbat.ground.settings import OTHERS, Settings, from_environment

LOOPBACK = "127.0.0.1"
SECOND_WORKER = (
    "with more than one process those who meet by video would not see each other: "
    "leave --workers at 1, or hold meetings in text alone (--no-video)"
)
Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 where it did what was asked, 1 where that is refused or not so, 2 where it cannot be done."""
    options = _parser().parse_args(arguments)
    options.umask = os.umask(OTHERS)  # whatever is made here is the owner's alone
    try:
        load_rooms()
        return _worked(options)
    except Refused as refusal:
        print(f"suhbat: {refusal.why}", file=sys.stderr)
        for name, why in refusal.fields.items():
            print(f"  {name}: {why}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read what we print has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        if wants_traceback():
            raise
        print(f"suhbat: {without_secrets(told(fault))}", file=sys.stderr)
        return 2
    finally:
        os.umask(options.umask)


def _worked(options: argparse.Namespace) -> int:
    work: Callable[[Settings, argparse.Namespace], int] = options.work
    # A command that says nothing of the database finds it as this version needs it, or is refused.
    opens: Callable[[str], AbstractContextManager[None]] = getattr(options, "opens", there)
    settings = from_environment()
    if not getattr(options, "anywhere", False):  # it looks at files that it is given, at nothing of the house
        settings.check_owner()
    if opens is made:
        settings.make_folder()
    with opens(settings.url):
        code = work(settings, options)
    sys.stdout.flush()  # a reader who has gone is noticed here, not when the interpreter ends
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("suhbat", description="The open secretariat for N+1 dialogues.")
    parser.add_argument("--version", action="version", version=f"suhbat {version('suhbat')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve the house on the loopback address")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="processes; more than one only with --no-video")
    serve.add_argument("--no-video", action="store_true", help="meetings are held in text alone (SUHBAT_VIDEO=0)")
    serve.description = (
        "One process holds thousands of live lines. More processes serve more readers, but signals between browsers "
        "(video, who is here) stay within a process: two ministers in two processes would not see each other."
    )
    serve.set_defaults(work=_serve, opens=nullcontext)  # it asks for its port first
    commands.add_parser("prepare", help="create or update the database").set_defaults(work=_prepare, opens=made)
    add_commands(commands)
    return parser


def application() -> object:
    """The application for a server's worker process, from the environment."""
    keep_log()
    settings = from_environment()
    occupy(settings.url)
    return front_of(make_house(settings))


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    port: int = options.port
    if "SUHBAT_ORIGIN" not in os.environ:  # the worker reads its settings from the environment
        os.environ["PORT"] = str(port)
        settings = from_environment()
    if options.no_video:
        os.environ["SUHBAT_VIDEO"] = "0"
        settings = from_environment()
    if options.workers > 1 and settings.video:
        print(f"suhbat: {SECOND_WORKER}", file=sys.stderr)
        return 1
    if why := _taken(port):
        print(f"suhbat: port {port} cannot be had: {why}. Choose another, such as PORT={port + 1}.", file=sys.stderr)
        return 1
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each live line is an open file
    settings.make_folder()
    with made(settings.url):
        for warning in warnings(settings):
            print(f"suhbat: {without_secrets(warning)}", file=sys.stderr)
        print(f"Suhbat serves {settings.origin}", flush=True)
        uvicorn.run(
            "suhbat.command:application",
            factory=True,
            host=LOOPBACK,
            port=port,
            workers=options.workers,
            log_level="warning",
            timeout_graceful_shutdown=1,
            timeout_keep_alive=30,
            proxy_headers=True,
        )
    return 0


def _taken(port: int) -> str:
    """Why the port cannot be listened on; empty if it can."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((LOOPBACK, port))
        except (OSError, OverflowError) as fault:
            return getattr(fault, "strerror", None) or "there is no such port"
    return ""


def _prepare(settings: Settings, _options: argparse.Namespace) -> int:
    print(f"The database is up to date: {settings.url.partition('://')[0]} in {settings.data}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
