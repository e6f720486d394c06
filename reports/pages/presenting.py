"""A group's report or a comparison on the screen of a room, slide by slide, from a released edition."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from reports.comparisons.access import load_comparison
from reports.decks import slides
from reports.decks.of_comparison import comparison_deck
from reports.decks.of_slice import slice_deck
from reports.editions.access import Sight, load_slice
from reports.editions.groups import slice_name
from reports.editions.models import Edition
from reports.pages.by_link.readers import open_to_links
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice

TEMPLATES: dict[type[slides.Slide], str] = {
    slides.TitleSlide: "present/title.html",
    slides.ReadingSlide: "present/reading.html",
    slides.MapSlide: "present/map.html",
    slides.CellSlide: "present/statement.html",
    slides.PicksSlide: "present/picks.html",
    slides.FindingsSlide: "present/findings.html",
    slides.GroupsSlide: "present/groups.html",
    slides.DifferencesSlide: "present/differences.html",
    slides.PointsSlide: "present/points.html",
    slides.TopicSlide: "present/topic.html",
    slides.CommentsSlide: "present/comments.html",
    slides.TalkSlide: "present/talk.html",
    slides.HelpSlide: "present/help.html",
    slides.CausesSlide: "present/causes.html",
    slides.ClosingSlide: "present/closing.html",
}


@dataclass(frozen=True)
class SlideTemplate:
    slide: slides.Slide
    template: str


@dataclass(frozen=True)
class Presentation:
    title: str
    back: str  # address of the page it belongs to
    whose: str  # "27 people"
    k: str
    slides: tuple[SlideTemplate, ...]
    room: str  # address at which a reader who may starts a survey in the room, else ""


@open_to_links
@require_safe
@never_cache
def present(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The report of a group."""
    one, sight = load_slice(request.user, public_id)
    back = reverse("reports:slice", args=[public_id])
    if not _is_released(one.edition):
        return _not_released(request, one.edition, sight, slice_name(one), back)
    reading = read_slice(one)
    people = ngettext("%(people)s person", "%(people)s people", one.n) % {"people": one.n}
    shown, room = _shown(slice_deck(reading)), _room(one.edition, sight)
    return _presented(request, Presentation(slice_name(one), back, people, reading.k, shown, room))


@require_safe
@never_cache
def present_comparison(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Groups side by side."""
    comparison, sight = load_comparison(request.user, public_id)
    reading = read_comparison(comparison)
    back = reverse("reports:comparison", args=[public_id])
    if not _is_released(comparison.edition):
        return _not_released(request, comparison.edition, sight, reading.title, back)
    groups = _("%(groups)s groups") % {"groups": len(reading.groups)}
    shown, room = _shown(comparison_deck(reading)), _room(comparison.edition, sight)
    return _presented(request, Presentation(reading.title, back, groups, reading.k, shown, room))


def _room(edition: Edition, sight: Sight) -> str:
    return reverse("surveys:new_in_room", args=[edition.survey.workspace.public_id]) if sight.can_host else ""


def _is_released(edition: Edition) -> bool:
    """To anybody at all: what owner and consultants alone have read is not for a room yet."""
    return edition.releases.standing().exists()


def _not_released(request: HttpRequest, edition: Edition, sight: Sight, title: str, back: str) -> HttpResponse:
    context = {"edition": edition, "sight": sight, "title": title, "back": back}
    return render(request, "present/not_released.html", context)


def _shown(deck: Iterable[slides.Slide]) -> tuple[SlideTemplate, ...]:
    return tuple(SlideTemplate(slide, TEMPLATES[type(slide)]) for slide in deck)


def _presented(request: HttpRequest, presentation: Presentation) -> HttpResponse:
    return render(request, "present/deck.html", {"presentation": presentation})
