"""A mail server of our own, which can be told to be slow, to hang up, or to refuse."""

import contextlib
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.stage import free_port


@dataclass
class Mail:
    """`taken`: recipients of letters to which it said yes."""

    port: int
    taken: Counter[str] = field(default_factory=Counter)
    tried: int = 0  # letters begun
    answer_to: str = ""  # what it says of every recipient; '': welcome
    answer_after: str = ""  # what it says of the whole letter; '': taken
    delay: float = 0.0  # seconds before it says anything of a letter
    hangs_up: bool = False  # in the middle of a letter

    def is_well(self) -> None:
        self.answer_to, self.answer_after, self.delay, self.hangs_up = "", "", 0.0, False

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class Conversation(socketserver.StreamRequestHandler):
    mail: Mail

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            self.say("220 faults.example.org")
            while line := self.rfile.readline().decode().strip():
                if not self.answered(line):
                    return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def answered(self, line: str) -> bool:
        """Whether the conversation goes on."""
        verb = line[:4].upper()
        if verb == "MAIL":
            self.recipients: list[str] = []
            self.mail.tried += 1
            time.sleep(self.mail.delay)
        if verb == "RCPT":
            self.recipients.append(line.partition("<")[2].partition(">")[0])
            self.say(self.mail.answer_to or "250 welcome")
        elif verb == "DATA":
            self.say("354 go on")
            return self.took_letter()
        else:
            self.say("221 bye" if verb == "QUIT" else "250 yes")
        return verb != "QUIT"

    def took_letter(self) -> bool:
        if self.mail.hangs_up:
            self.rfile.readline()
            return False
        while (line := self.rfile.readline()) and line != b".\r\n":
            pass
        if not self.mail.answer_after:
            self.mail.taken.update(self.recipients)
        self.say(self.mail.answer_after or "250 taken")
        return bool(line)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 64


@contextmanager
def mail_server() -> Iterator[Mail]:
    mail = Mail(free_port())
    handler = type("OurConversation", (Conversation,), {"mail": mail})
    with Server(("127.0.0.1", mail.port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield mail
        finally:
            server.shutdown()
