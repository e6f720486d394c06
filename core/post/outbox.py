"""Reads the letters that the file-based mail backend has put into a folder, for the outbox pages of a debug site."""

import datetime
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)  # django.core.mail.backends.filebased


@dataclass(frozen=True)
class Letter:
    name: str  # in the address of its page
    sent_at: datetime.datetime | None
    to: str
    subject: str
    text: str
    html: str  # with its picture in it


def letters(folder: Path) -> list[Letter]:
    """Newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return [letter for path in files for letter in _letters_in(path)][::-1]


def _letters_in(path: Path) -> Iterator[Letter]:
    """One connection writes one file, with a line of hyphens after each letter."""
    for number, content in enumerate(filter(bytes.strip, BETWEEN.split(path.read_bytes())), start=1):
        yield _letter(f"{path.stem}-{number}", message_from_bytes(content, policy=policy.default))


def _letter(name: str, message: EmailMessage) -> Letter:
    date, body, html = message["date"], message.get_body(("plain",)), message.get_body(("html",))
    return Letter(
        name=name,
        sent_at=date.datetime if date else None,
        to=str(message["to"]),
        subject=str(message["subject"]),
        text=body.get_content() if body else "",
        html=_with_pictures(html.get_content(), message) if html else "",
    )


def _with_pictures(html: str, message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_maintype() == "image":
            content = b64encode(part.get_content()).decode()
            name = str(part["Content-ID"]).strip("<>")
            html = html.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{content}")
    return html
