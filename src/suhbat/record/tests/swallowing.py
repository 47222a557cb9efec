"""A relay before a database that can stop passing anything on without closing a line, as a host that vanishes does."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Relay:
    """Listens on loopback and passes on to a PostgreSQL server's socket."""

    def __init__(self, folder: str) -> None:
        self._target = f"{folder}/.s.PGSQL.5432"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._servers: list[socket.socket] = []
        self._swallowed: set[socket.socket] = set()
        self.deaf = False
        """Whether what comes anew is taken and never answered either."""
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self, *, deaf: bool = False) -> None:
        """From now on nothing passes on the lines there are; they stay open."""
        self.deaf = deaf
        self._swallowed.update(self._ends)

    def swallow_answers(self) -> None:
        """From now on what is asked passes, and no answer does, on the lines there are."""
        self._swallowed.update(self._servers)

    def close(self) -> None:
        """Let go of everything."""
        for each in (self._listening, *self._ends):
            each.close()

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
                    said = end.recv(65536)
                    if end in self._swallowed:
                        if not said:
                            return
                        continue
                    if not said:
                        caller.close()
                        server.close()
                        return
                    other[end].sendall(said)
        except (OSError, ValueError):
            return


@contextmanager
def relay(folder: str) -> Iterator[Relay]:
    """A relay for as long as it is needed."""
    made = Relay(folder)
    try:
        yield made
    finally:
        made.close()
