"""A small mail server that keeps every letter it receives."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailServer(socketserver.ThreadingTCPServer):
    letters: list[str]


class MailSession(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self):
        def reply(line):
            self.wfile.write(line.encode() + b"\r\n")

        reply("220 post")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                reply("354 go on")
                letter = []
                while (row := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    letter.append(row)
                self.server.letters.append("\n".join(letter))
            if word == "QUIT":
                reply("221 bye")
                return
            reply("250 yes")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer(("127.0.0.1", 0), MailSession) as server:
        server.letters = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
