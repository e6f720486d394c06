"""A mailbox on this machine that speaks as much IMAP as is needed to read it, for tests."""

import imaplib
import re
import socket
import threading
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """Letters by number, with their flags; `log_in` is what must be said to enter."""

    letters: dict[int, bytes]
    flags: dict[int, set[str]] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def connected(self, *_: object) -> imaplib.IMAP4:
        return imaplib.IMAP4(*self.server.getsockname(), timeout=5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream) -> None:
        stream.write(b"* OK ready\r\n")
        stream.flush()
        for line in stream:
            tag, _space, command = line.decode().strip().partition(" ")
            self.commands.append(command)
            for answer in self._answers(command.upper()):
                stream.write(answer + b"\r\n")
            stream.write(f"{tag} OK done\r\n".encode())
            stream.flush()
            if command.upper() == "LOGOUT":
                return

    def _answers(self, command: str) -> list[bytes]:
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"]
        if command.startswith("SELECT"):
            return [f"* {len(self.letters)} EXISTS".encode()]
        if command.startswith("UID SEARCH"):
            seen = {uid for uid, flags in self.flags.items() if flags & {"\\FLAGGED", "\\DELETED"}}
            return [b"* SEARCH " + " ".join(str(uid) for uid in self.letters if uid not in seen).encode()]
        if found := re.match(r"UID FETCH (\d+)", command):
            content = self.letters[int(found[1])]
            return [f"* 1 FETCH (UID {found[1]} BODY[]<0> {{{len(content)}}}".encode(), content + b")"]
        if found := re.match(r"UID STORE (\d+) \+FLAGS.SILENT \((.*)\)", command):
            self.flags.setdefault(int(found[1]), set()).update(found[2].split())
        if command == "EXPUNGE":
            gone = [uid for uid, flags in self.flags.items() if "\\DELETED" in flags]
            self.letters = {uid: content for uid, content in self.letters.items() if uid not in gone}
            self.flags = {uid: flags for uid, flags in self.flags.items() if uid not in gone}
        return []

    def close(self) -> None:
        self.server.close()
