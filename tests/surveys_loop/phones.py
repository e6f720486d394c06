"""People who answer by the links in their letters, as browsers do. They know the pages and nothing behind them."""

import re
from collections.abc import Mapping
from html import unescape

from django.core import mail
from django.test import Client

LINK = re.compile(r"https?://[^/\s]+(/s/[\w.-]+/)")
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')
THANKS = "/thanks/"


def links_in_letters() -> dict[str, str]:
    """Address → the link of the last letter to it that holds one."""
    found = {}
    for letter in mail.outbox:
        if match := LINK.search(letter.body):
            found[letter.to[0]] = match[1]
    return found


def token_in(link: str) -> str:
    return link.removeprefix("/s/").rstrip("/")


class Phone:
    """One person's browser, with their link opened in it."""

    def __init__(self, link: str) -> None:
        self.browser = Client(raise_request_exception=False)
        opened = self.browser.get(link, follow=True)
        self.home = opened.redirect_chain[-1][0] if opened.redirect_chain else link

    def save(self, given: Mapping[str, str]) -> None:
        """From the page that comes first, by its script."""
        self.post(f"{self.home}save/", given, seen=self.start()["Location"])

    def start(self):
        return self.post(f"{self.home}start/", {}, seen=self.home)

    def hand_in(self, picks: tuple[str, ...] = ()) -> bool:
        """Whether the page of thanks follows."""
        fields = {"matters_most": ["", *picks], "to": "submit"}
        answer = self.post(f"{self.home}submit/", fields, seen=f"{self.home}review/")
        return answer.status_code == 302 and answer["Location"].endswith(THANKS)

    def decline(self) -> None:
        self.post(f"{self.home}decline/", {}, seen=f"{self.home}decline/")

    def withdraw(self) -> None:
        self.post(f"{self.home}withdraw/", {}, seen=f"{self.home}withdraw/")

    def post(self, path: str, fields: Mapping, *, seen: str):
        """With the hidden fields of the page that was seen before, as a form posts them."""
        return self.browser.post(path, hidden_fields(self.browser.get(seen).content.decode()) | dict(fields))


def hidden_fields(page: str) -> dict[str, str]:
    inputs = [dict(ATTRIBUTE.findall(one)) for one in HIDDEN.findall(page)]
    ours = {one["name"]: unescape(one.get("value", "")) for one in inputs if "name" in one}
    return {name: value for name, value in ours.items() if name not in {"csrfmiddlewaretoken", "to", "matters_most"}}
