"""Pages of languages."""

from typing import Any

handlers: list[Any] = []
