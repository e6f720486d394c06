"""A group's report or a comparison on the screen of a room, slide by slide, from a released edition; and the notes of
whoever speaks, in a window of their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from reports.comparisons.access import load_comparison
from reports.decks import slides
from reports.decks.of_comparison import comparison_deck
from reports.decks.of_slice import slice_deck
from reports.decks.shared import number_of_people
from reports.editions.access import Sight, load_slice
from reports.editions.groups import slice_name
from reports.editions.models import Edition
from reports.pages.agreements.page import Sheet, sheet_of
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
SLIDES, NOTES = "present/deck.html", "present/notes.html"  # for the room, and for whoever speaks


@dataclass(frozen=True)
class SlideTemplate:
    slide: slides.Slide
    template: str


@dataclass(frozen=True)
class Presentation:
    title: str
    edition: Edition
    sight: Sight
    back: str  # address of the page it belongs to
    address: str  # of the slides; by it the two windows find each other
    notes: str  # address of the notes
    whose: str  # "27 people"
    k: str
    slides: tuple[SlideTemplate, ...]
    sheet: Sheet  # what is agreed on the last of them

    @property
    def room(self) -> str:
        """Address at which a reader who may starts a survey in the room, else ''."""
        workspace = self.edition.survey.workspace
        return reverse("surveys:new_in_room", args=[workspace.public_id]) if self.sight.can_host else ""


@open_to_links
@require_safe
@never_cache
def present(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The report of a group, for the screen of the room."""
    return _of_slice(request, public_id, SLIDES)


@open_to_links
@require_safe
@never_cache
def notes(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What whoever speaks sees meanwhile."""
    return _of_slice(request, public_id, NOTES)


@require_safe
@never_cache
def present_comparison(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Groups side by side, for the screen of the room."""
    return _of_comparison(request, public_id, SLIDES)


@require_safe
@never_cache
def notes_of_comparison(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What whoever speaks sees meanwhile."""
    return _of_comparison(request, public_id, NOTES)


def _of_slice(request: SignedInRequest, public_id: str, template: str) -> HttpResponse:
    one, sight = load_slice(request.user, public_id)
    back = reverse("reports:slice", args=[public_id])
    if not _is_released(one.edition):
        return _not_released(request, one.edition, sight, slice_name(one), back)
    reading = read_slice(one)
    presentation = Presentation(
        title=slice_name(one),
        edition=one.edition,
        sight=sight,
        back=back,
        address=reverse("reports:present", args=[public_id]),
        notes=reverse("reports:present_notes", args=[public_id]),
        whose=number_of_people(one.n),
        k=reading.k,
        slides=_shown(slice_deck(reading)),
        sheet=sheet_of(one, request.user),
    )
    return render(request, template, {"presentation": presentation})


def _of_comparison(request: SignedInRequest, public_id: str, template: str) -> HttpResponse:
    comparison, sight = load_comparison(request.user, public_id)
    reading = read_comparison(comparison)
    back = reverse("reports:comparison", args=[public_id])
    if not _is_released(comparison.edition):
        return _not_released(request, comparison.edition, sight, reading.title, back)
    presentation = Presentation(
        title=reading.title,
        edition=comparison.edition,
        sight=sight,
        back=back,
        address=reverse("reports:present_comparison", args=[public_id]),
        notes=reverse("reports:present_comparison_notes", args=[public_id]),
        whose=_("%(groups)s groups") % {"groups": len(reading.groups)},
        k=reading.k,
        slides=_shown(comparison_deck(reading)),
        sheet=sheet_of(comparison, request.user),
    )
    return render(request, template, {"presentation": presentation})


def _is_released(edition: Edition) -> bool:
    """To anybody at all: what owner and consultants alone have read is not for a room yet."""
    return edition.releases.standing().exists()


def _not_released(request: HttpRequest, edition: Edition, sight: Sight, title: str, back: str) -> HttpResponse:
    context = {"edition": edition, "sight": sight, "title": title, "back": back}
    return render(request, "present/not_released.html", context)


def _shown(deck: Iterable[slides.Slide]) -> tuple[SlideTemplate, ...]:
    return tuple(SlideTemplate(slide, TEMPLATES[type(slide)]) for slide in deck)
