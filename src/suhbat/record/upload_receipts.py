"""Receipts prove who uploaded a file. A hash alone gives no right to a file, because others may know it.

A person who names a file by its hash must have the receipt of its upload, or the right to read the file.
"""

import hashlib
import hmac

from suhbat.ground.settings import Settings


def receipt_for(settings: Settings, sha256: str, person: str) -> str:
    """The receipt of a person for uploading the file with this hash."""
    message = f"{sha256} {person}".encode()
    return hmac.new(settings.key("receipt"), message, hashlib.sha256).hexdigest()


def is_receipt(settings: Settings, receipt: str, sha256: str, person: str) -> bool:
    """Whether this is the receipt of this person for this file."""
    return hmac.compare_digest(receipt.encode(), receipt_for(settings, sha256, person).encode())
