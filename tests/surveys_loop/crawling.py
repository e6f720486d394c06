"""Every page that somebody can reach by following links, and what of a page may differ from one making to the next."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.test import Client

ADDRESS = re.compile(rb"""(?:href|src|action|hx-get|data-figure)=["'](/[^"'#]*)""")
LEFT_OUT = re.compile(r"/(?:static|accounts|outbox|favicon)|/leave/")
MONTHS = b"January|February|March|April|May|June|July|August|September|October|November|December"
VARYING = [
    (re.compile(rb"nonce(?:=|-)['\"]?[\w+/=-]+"), b"nonce"),
    (re.compile(rb"csrf-?(?:middleware)?token['\"]? (?:value|content)=['\"]\w+", re.IGNORECASE), b"csrf"),
    (re.compile(rb"X-CSRFToken(?:&quot;|\"): ?(?:&quot;|\")\w+"), b"csrf"),
    (re.compile(rb"\b\d{1,2} (?:%b)(?: \d{4})?(?:, \d{1,2}:\d{2})?" % MONTHS), b"date"),
    (re.compile(rb"\b\d{4}-\d{2}-\d{2}(?:T[\d:.+Z]*)?"), b"date"),
    (re.compile(rb"\b\d{1,2}:\d{2}\b"), b"time"),
]


@dataclass
class Visit:
    """What one visitor has seen: address → status and masked body, in the order of finding it.

    Whoever looks for one page of a kind says by `until` which it is, and sees no more after it.
    """

    client: Client
    until: Callable[[str, tuple[int, bytes]], bool] = lambda _address, _page: False
    seen: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def follow(self, *starts: str) -> "Visit":
        waiting, known = list(starts), set(starts)
        while waiting:
            address = waiting.pop(0)
            response = self.client.get(address)
            body = body_of(response)
            self.seen[address] = (response.status_code, masked(body))
            if self.until(address, self.seen[address]):
                break
            for found in links_in(body, response.headers.get("Location", "")):
                if found not in known:
                    known.add(found)
                    waiting.append(found)
        return self


def masked(text: bytes) -> bytes:
    for pattern, word in VARYING:
        text = pattern.sub(word, text)
    return text


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def links_in(body: bytes, location: str) -> Iterable[str]:
    found = [location] if location.startswith("/") else []
    found += [address.decode().replace("&amp;", "&") for address in ADDRESS.findall(body)]
    return [address for address in dict.fromkeys(found) if not LEFT_OUT.search(address)]
