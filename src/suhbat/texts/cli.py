"""`suhbat text verify FILE`: check a signed copy of a text, without a network and without this house."""

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
        fault, found = findings(copy, dict(each.split("=", 1) for each in options.key))
    except (OSError, ValueError) as problem:
        print(f"suhbat: {problem}", file=sys.stderr)
        return 1
    content = copy["document"]
    print(f"{content['title']} ({content['meeting']})\n{copy['digest']}")
    if fault:
        print(f"NOT THE SIGNED TEXT: {fault}")
    for each in found:
        print(f"  {each.delegation}  {each.name}, {each.office}: {each.fault or 'good'}; key {each.key}")
    missing = [state for state in content["parties"] if state not in {each.delegation for each in found}]
    if missing:
        print(f"  not signed by {', '.join(missing)}")
    if found:
        print(
            "Names and offices are what the house wrote beside the signatures; what is signed is the text, by the key."
        )
    if not options.key:
        print("Whose a key is, this file cannot say of itself: compare it with what that capital has told you (--key).")
    return 1 if fault or any(each.fault for each in found) else 0
