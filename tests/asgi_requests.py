"""Requests to an application without a client, which is faster: the walks send tens of thousands of them."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote, urlencode

UNCHANGED = "%/:?&=+,;@!$'()*~"
"""Characters that an address has unchanged; all others are percent-encoded, as a browser does."""


@dataclass
class Answer:
    """The answer of an application."""

    status_code: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @cached_property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.content)


async def ask(application: Any, method: str, address: str, headers: dict[str, str], body: bytes = b"") -> Answer:
    """Send one request and read the whole answer; an error in the application is raised here."""
    path, _, query = quote(address, safe=UNCHANGED).partition("?")
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": unquote(path), "raw_path": path.encode(), "http_version": "1.1",
             "query_string": query.encode(), "scheme": "http", "root_path": "", "server": ("localhost", 8000),
             "client": ("127.0.0.1", 5000), "headers": [(b"host", b"localhost:8000"), *encoded]}  # fmt: skip
    answer, parts = Answer(), [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return parts.pop() if parts else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status_code = message["status"]
            for name, value in ((name.decode().lower(), value.decode("latin-1")) for name, value in message["headers"]):
                answer.headers[name] = f"{answer.headers[name]}, {value}" if name in answer.headers else value
        else:
            answer.content += message.get("body", b"")

    await application(scope, receive, send)
    return answer


def with_query(address: str, params: dict[str, str]) -> str:
    """An address with a query."""
    return f"{address}?{urlencode(params)}" if params else address
