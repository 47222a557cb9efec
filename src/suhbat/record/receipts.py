"""Receipts: who brought a file. A hash alone is no right to a file: everyone may know or guess one.

Whoever names a file by its hash shows the receipt that was given for bringing it, or may read it anyway.
"""

import hashlib
import hmac

from suhbat.ground.settings import Settings


def receipt_for(settings: Settings, sha256: str, person: str) -> str:
    """The receipt of a person for bringing the file of this hash."""
    said = f"{sha256} {person}".encode()
    return hmac.new(settings.key("receipt"), said, hashlib.sha256).hexdigest()


def is_receipt(settings: Settings, receipt: str, sha256: str, person: str) -> bool:
    """Whether a receipt was given to this person for this file."""
    return hmac.compare_digest(receipt.encode(), receipt_for(settings, sha256, person).encode())
