"""Pages of exchange."""

from typing import Any

handlers: list[Any] = []
