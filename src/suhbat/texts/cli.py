"""`suhbat text verify FILE`: check a signed copy of a text, without a network and without this installation."""

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from suhbat.ground.settings import Settings
from suhbat.texts.adoption.signed_copy import findings


def add(commands: Any) -> None:
    """Add `suhbat text …` to the command line."""
    text = commands.add_parser("text", help="texts and their signatures").add_subparsers(required=True, metavar="WHAT")
    verify = text.add_parser("verify", help="check a signed copy: the text's hash and every signature")
    verify.add_argument("file", type=Path)
    verify.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="STATE=FINGERPRINT",
        help="the fingerprint that a head's key is known to have, such as KZ=0123…; may be given for each delegation",
    )
    verify.set_defaults(work=_verify, opens=nullcontext, anywhere=True)


def _verify(_settings: Settings, options: argparse.Namespace) -> int:
    try:
        copy = json.loads(options.file.read_text(encoding="utf-8"))
        fault, signatures = findings(copy, dict(key.split("=", 1) for key in options.key))
    except (OSError, ValueError) as problem:
        print(f"suhbat: {problem}", file=sys.stderr)
        return 1
    content = copy["document"]
    print(f"{content['title']} ({content['meeting']})\n{copy['digest']}")
    if fault:
        print(f"NOT THE SIGNED TEXT: {fault}")
    for signed in signatures:
        print(f"  {signed.delegation}  {signed.name}, {signed.office}: {signed.fault or 'good'}; key {signed.key}")
    delegations = {signed.delegation for signed in signatures}
    missing = [state for state in content["parties"] if state not in delegations]
    if missing:
        print(f"  not signed by {', '.join(missing)}")
    if signatures:
        print("The installation wrote the names and offices beside the signatures; a key signs only the text.")
    if not options.key:
        print("This file cannot prove whose a key is: compare it with what that capital has given you (--key).")
    return 1 if fault or any(signed.fault for signed in signatures) else 0
