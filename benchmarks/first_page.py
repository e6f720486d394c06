"""What a browser loads for a page that it has not seen before, compressed; counted without a browser."""

import gzip
import re
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin

from benchmarks.people import FOUND, Browser, Person, Request

NAMED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/[^"]+)"')
SCRIPT = re.compile(r"<script\b([^>]*)>")
PATIENT = re.compile(r"\b(?:defer|async)\b|type=\"(?:module|application/json)\"")
FACE = re.compile(r"@font-face\s*{([^}]*)}")
FAMILY, SOURCE = re.compile(r'font-family:\s*"([^"]+)"'), re.compile(r"url\(\"?([^)\"]+)")
LATIN = re.compile(r"unicode-range:\s*U\+00[02]0-", re.IGNORECASE)
ZIPPED = b"\x1f\x8b"


@dataclass(frozen=True)
class Load:
    sizes: dict[str, int]  # address → bytes on the way, without headers
    blocking: list[str]  # script elements that hold up the page

    @property
    def kilobytes(self) -> float:
        return sum(self.sizes.values()) / 1000

    def told(self) -> str:
        fonts = sum(size for path, size in self.sizes.items() if path.endswith(".woff2"))
        return f"{len(self.sizes)} files, fonts {fonts / 1000:.0f} kB"


def first_load(port: int, person: Person) -> Load:
    """Of the welcome page."""
    with closing(Browser(port)) as browser:
        browser.send(Request("GET", f"/s/{person.token}/", expected=FOUND))
        return load_of(browser, person.address())


def load_of(browser: Browser, address: str) -> Load:
    """The page, all that it names, and the fonts that its styles set its words in."""
    sizes: dict[str, int] = {}
    faces: dict[str, str] = {}

    def read(path: str) -> str:
        body = browser.send(Request("GET", path))
        sizes[path] = len(body)
        if path.endswith(".woff2"):
            return ""
        return (gzip.decompress(body) if body.startswith(ZIPPED) else body).decode()

    html = read(address)
    for path in dict.fromkeys(NAMED.findall(html)):
        faces |= latin_faces(path, read(path))
    for path in set(faces.values()) - set(sizes):
        read(path)
    return Load(sizes, blocking_scripts(html))


def latin_faces(path: str, sheet: str) -> dict[str, str]:
    """Family → address of its font for English; a sheet that comes later has the last word, as in browsers."""
    faces = [face for face in FACE.findall(sheet) if LATIN.search(face)]
    return {FAMILY.search(face)[1]: urljoin(path, SOURCE.search(face)[1]) for face in faces}


def blocking_scripts(html: str) -> list[str]:
    return [attributes for attributes in SCRIPT.findall(html) if not PATIENT.search(attributes)]
