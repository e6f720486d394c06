"""Which links somebody has opened in this browser: they stand in its session, by public id, so that no address holds a
secret. Each page asks anew whether a link is still good."""

from django.http import HttpRequest

from diagnostics.self_assessments.links import good_links
from diagnostics.self_assessments.models import ResultLink

HELD = "result_links"  # in the session: public id → whether its reader has gone on from the first page
MOST = 20


def remember_link(request: HttpRequest, link: ResultLink) -> None:
    held = request.session.get(HELD, {})
    before = [(number, went_on) for number, went_on in held.items() if number != link.public_id]
    request.session[HELD] = dict([*before, (link.public_id, held.get(link.public_id, False))][-MOST:])
    if not request.user.is_authenticated:
        request.session.set_expiry(0)  # nobody signs out: it ends with the browser


def held_link(request: HttpRequest, link_id: str) -> ResultLink | None:
    if link_id not in request.session.get(HELD, {}):
        return None
    return good_links().filter(public_id=link_id).first()


def has_gone_on(request: HttpRequest, link: ResultLink) -> bool:
    return bool(request.session[HELD][link.public_id])


def go_on(request: HttpRequest, link: ResultLink) -> None:
    request.session[HELD] = request.session[HELD] | {link.public_id: True}
