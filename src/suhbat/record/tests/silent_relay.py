"""A relay in front of a database. It can stop forwarding without closing a connection, like a host that disappears."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Relay:
    """Listens on loopback and forwards to a PostgreSQL server's socket."""

    def __init__(self, folder: str) -> None:
        self._target = f"{folder}/.s.PGSQL.5432"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._servers: list[socket.socket] = []
        self._swallowed: set[socket.socket] = set()
        self.deaf = False
        """Whether new connections are accepted but never answered."""
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self, *, deaf: bool = False) -> None:
        """Stop forwarding on all present connections; they stay open."""
        self.deaf = deaf
        self._swallowed.update(self._ends)

    def swallow_answers(self) -> None:
        """On all present connections, forward only from client to server, and no answers."""
        self._swallowed.update(self._servers)

    def close(self) -> None:
        """Close all sockets."""
        for end in (self._listening, *self._ends):
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listening.accept()
            except OSError:
                return
            self._ends.append(caller)
            if self.deaf:
                self._swallowed.add(caller)
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._target)
            self._ends.append(server)
            self._servers.append(server)
            threading.Thread(target=self._pass_on, args=(caller, server), daemon=True).start()

    def _pass_on(self, caller: socket.socket, server: socket.socket) -> None:
        other = {caller: server, server: caller}
        try:
            while True:
                for end in select.select([caller, server], [], [])[0]:
                    data = end.recv(65536)
                    if end in self._swallowed:
                        if not data:
                            return
                        continue
                    if not data:
                        caller.close()
                        server.close()
                        return
                    other[end].sendall(data)
        except (OSError, ValueError):
            return


@contextmanager
def relay(folder: str) -> Iterator[Relay]:
    """A relay that is closed at the end of the `with` block."""
    server = Relay(folder)
    try:
        yield server
    finally:
        server.close()
