"""A letter as it leaves: sender, text and, made of that text, HTML. Every letter of the site is put together here."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.mime.image import MIMEImage
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.identity.still import refuse_while_still
from core.post.bounces.addresses import give_way_back
from core.post.registry import Look, Rendered, Writer
from core.words import tidy

LOGO = "logo"  # the Content-ID
LONGEST_NAME = 60  # characters, of a sender
_address_of_link = re.compile(r'\bhref="[^"]*"')
_blank_line = re.compile(r"\n[ \t]*\n\s*")


class Letter(EmailMultiAlternatives):
    mixed_subtype = "related"  # all that is attached is the logo

    def send(self, *arguments: Any, **named: Any) -> int:
        """Raises StandsStill: no letter leaves a copy, whoever asks for it."""
        refuse_while_still()
        return super().send(*arguments, **named)


def letter_of(to: str, rendered: Rendered, letter_id: str) -> Letter:
    """Every header is set here. The same identifier at every try, so that a mailbox which gets a message twice can show
    it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    letter = Letter(
        subject=" ".join(rendered.subject.split()),
        body=_even(rendered.text),
        from_email=sender_of(rendered.writer, rendered.language),
        to=[to],
        reply_to=[_address("", rendered.writer.reply_to)] if rendered.writer.reply_to else None,
        headers={
            "Message-ID": f"<{letter_id}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            **rendered.headers,
        },
    )
    letter.attach_alternative(html_of(rendered, logo=f"cid:{LOGO}"), "text/html")
    if rendered.look.logo:
        letter.attach(_inline(rendered.look))
    give_way_back(letter, letter_id)
    return letter


def _inline(look: Look) -> MIMEImage:
    image = MIMEImage(look.logo, "png")
    image.add_header("Content-ID", f"<{LOGO}>")
    image.add_header("Content-Disposition", "inline", filename="logo.png")
    return image


# --- Who it is from ------------------------------------------------------------------------------


def sender_of(writer: Writer, language: str) -> str:
    """'Helen Marsh via TRACE', from the site's own address: nobody else's may be claimed."""
    site, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if not (name := _short(writer.name)):
        return _address(site, address)
    with translation.override(language):
        return _address(_("%(name)s via %(site)s") % {"name": name, "site": site} if site else name, address)


def _short(name: str) -> str:
    """On one line; a name that looks like an address would be taken for the sender's."""
    name = tidy(name).replace("@", " ")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _address(name: str, address: str) -> str:
    return str(Address(display_name=name, addr_spec=address))


# --- As HTML -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    text: str
    is_link: bool


@dataclass(frozen=True)
class Block:
    """A paragraph, or the button."""

    parts: tuple[Part, ...] = ()

    @property
    def is_button(self) -> bool:
        return not self.parts


def html_of(rendered: Rendered, *, logo: str) -> str:
    """`logo`: where the picture is found, from within the letter."""
    rendered = _with_button(rendered)
    context = {"letter": rendered, "look": rendered.look, "logo": logo, "blocks": list(_blocks(rendered))}
    with translation.override(rendered.language):
        return render_to_string("post/email/base.html", context).strip()


def html_to_look_at(rendered: Rendered) -> str:
    """The same for a page of this site: with the picture in it, and links that lead nowhere."""
    html = html_of(rendered, logo=f"data:image/png;base64,{b64encode(rendered.look.logo).decode()}")
    return _address_of_link.sub("", html)


def _with_button(rendered: Rendered) -> Rendered:
    """Where nobody said what the button does, for the first address of this site on a line by itself."""
    if rendered.button:
        return rendered
    alone = re.search(rf"^[ \t]*({re.escape(settings.SITE_URL)}/\S*)[ \t\r]*$", rendered.text, re.MULTILINE)
    return replace(rendered, link=alone[1], button=gettext_lazy("Open the page")) if alone else rendered


def _blocks(rendered: Rendered) -> Iterator[Block]:
    """Paragraph by paragraph, with the button where the link stands; a link within a sentence stays, and it follows."""
    link = rendered.link if rendered.button else ""
    for paragraph in _blank_line.split(_even(rendered.text).strip()):
        pieces = _between(paragraph, link)
        for number, piece in enumerate(pieces):
            if number:
                yield Block()
            if piece:
                yield Block(tuple(_parts(piece, link)))
        if link and link in paragraph and len(pieces) == 1:
            yield Block()


def _even(text: str) -> str:
    """With one kind of line end, whatever browsers send."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _between(paragraph: str, link: str) -> list[str]:
    """What stands before and after the line on which the link stands alone."""
    if not link:
        return [paragraph]
    alone = re.compile(rf"^[ \t]*{re.escape(link)}[ \t]*$", re.MULTILINE)
    return [piece.strip() for piece in alone.split(paragraph)]


def _parts(text: str, link: str) -> Iterator[Part]:
    """A letter about several surveys has several addresses of this site: each can be followed."""
    known = rf"{re.escape(link)}|" if link else ""
    for number, piece in enumerate(re.split(rf"({known}{re.escape(settings.SITE_URL)}/(?:\S*[\w/])?)", text)):
        if piece:
            yield Part(piece, is_link=bool(number % 2))
