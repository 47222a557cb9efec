"""The command line of an installation: `suhbat serve`, `suhbat prepare` and the commands of the packages."""

import argparse
import os
import resource
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import version

import uvicorn

from suhbat.application import front_of, make_app
from suhbat.command_faults import fault_text, wants_traceback
from suhbat.discovery import add_commands, load_packages
from suhbat.floor.turn_servers import warnings
from suhbat.ground.database_locks import occupy
from suhbat.ground.migrations.installations import existing_tables, prepared_tables
from suhbat.ground.operator_log import configure_logging, without_secrets
from suhbat.ground.refusals import Refused
from suhbat.ground.settings import OTHERS, Settings, from_environment

LOOPBACK = "127.0.0.1"
Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 if it succeeded, 1 if it was refused or found faults, 2 if it could not be done."""
    options = _parser().parse_args(arguments)
    options.umask = os.umask(OTHERS)  # only the owner can read the files that are created here
    try:
        load_packages()
        return _run(options)
    except Refused as refusal:
        print(f"suhbat: {refusal.why}", file=sys.stderr)
        for name, why in refusal.fields.items():
            print(f"  {name}: {why}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        if wants_traceback():
            raise
        print(f"suhbat: {without_secrets(fault_text(fault))}", file=sys.stderr)
        return 2
    finally:
        os.umask(options.umask)


def _run(options: argparse.Namespace) -> int:
    work: Callable[[Settings, argparse.Namespace], int] = options.work
    # A command without `opens` needs the database up to date, or is refused.
    opens: Callable[[str], AbstractContextManager[None]] = getattr(options, "opens", existing_tables)
    settings = from_environment()
    if not getattr(options, "anywhere", False):  # it reads only the files that it is given, nothing of the installation
        settings.check_owner()
    if opens is prepared_tables:
        settings.make_folder()
    with opens(settings.url):
        exit_code = work(settings, options)
    sys.stdout.flush()  # a closed pipe is noticed here, not when the interpreter ends
    return exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("suhbat", description="The open secretariat for N+1 dialogues.")
    parser.add_argument("--version", action="version", version=f"suhbat {version('suhbat')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="start the server on the loopback address")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=1, help="processes that serve together")
    serve.add_argument("--no-video", action="store_true", help="meetings are held in text alone (SUHBAT_VIDEO=0)")
    serve.description = (
        "One process can have thousands of live connections. More processes, on one machine or (with PostgreSQL) on "
        "several, serve more readers. Whoever is in a meeting meets the others, whichever process serves them."
    )
    serve.set_defaults(work=_serve, opens=nullcontext)  # it checks its port before it opens the database
    commands.add_parser("prepare", help="create or update the database").set_defaults(
        work=_prepare, opens=prepared_tables
    )
    add_commands(commands)
    return parser


def application() -> object:
    """The application for a worker process of the server, with the settings from the environment."""
    configure_logging()
    settings = from_environment()
    occupy(settings.url)
    return front_of(make_app(settings))


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    port: int = options.port
    if "SUHBAT_ORIGIN" not in os.environ:  # the worker reads its settings from the environment
        os.environ["PORT"] = str(port)
        settings = from_environment()
    if options.no_video:
        os.environ["SUHBAT_VIDEO"] = "0"
        settings = from_environment()
    if why := _unavailable(port):
        print(f"suhbat: port {port} cannot be used: {why}. Choose another, such as PORT={port + 1}.", file=sys.stderr)
        return 1
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # each live connection is an open file
    settings.make_folder()
    with prepared_tables(settings.url):
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


def _unavailable(port: int) -> str:
    """Why the port cannot be listened on; empty if it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except (OSError, OverflowError) as fault:
            return getattr(fault, "strerror", None) or "there is no such port"
    return ""


def _prepare(settings: Settings, _options: argparse.Namespace) -> int:
    print(f"The database is up to date: {settings.url.partition('://')[0]} in {settings.data}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
