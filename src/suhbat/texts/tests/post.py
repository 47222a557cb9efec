"""A mail server small enough to read: it keeps what it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Office(socketserver.ThreadingTCPServer):
    letters: list[str]


class Post(socketserver.StreamRequestHandler):
    server: Office

    def handle(self):
        def say_(line):
            self.wfile.write(line.encode() + b"\r\n")

        say_("220 post")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                say_("354 go on")
                letter = []
                while (row := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    letter.append(row)
                self.server.letters.append("\n".join(letter))
            if word == "QUIT":
                say_("221 bye")
                return
            say_("250 yes")


@contextmanager
def post_office() -> Iterator[Office]:
    with Office(("127.0.0.1", 0), Post) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
