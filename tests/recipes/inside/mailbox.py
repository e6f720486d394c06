"""A mail server on port 2525 that takes every letter and keeps it in /var/tmp/letters: the reader's own, as it were."""

import itertools
import socketserver
from pathlib import Path

LETTERS = Path("/var/tmp/letters")  # noqa: S108
LETTERS.mkdir(exist_ok=True)
numbers = itertools.count(1)


class Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                (LETTERS / f"{next(numbers):05}").write_bytes(letter)
            self.say("221 bye" if word == b"QUIT" else "250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("127.0.0.1", 2525), Handler).serve_forever()
