"""The words of results, each in one place; `reports.reading` puts them together."""

from django.utils.translation import gettext_lazy as _

# level: in a cell, in a legend, inside a sentence
LEVEL_WORDS = {
    "not_yet": (_("Not yet"), _("Not yet in place"), _("not yet in place")),
    "partly": (_("Partly"), _("Partly in place"), _("partly in place")),
    "mostly": (_("Mostly"), _("Mostly in place"), _("mostly in place")),
    "firmly": (_("Firmly"), _("Firmly in place"), _("firmly in place")),
}
# a cell without a score: its word, its sentence
STATE_WORDS = {
    "too_few_answers": (_("Too few answers"), _("no score, because fewer than half of it was answered")),
    "dont_know": (_("Don’t know"), _("no score, because the answer was mostly “don’t know”")),
    "not_asked": (_("Not asked"), _("not asked")),
    "too_few_people": (_("Too few"), _("too few people to show")),
}
PLACES = {
    "self": _("%(condition)s, yourself"),
    "team": _("%(condition)s in the team"),
    "organisation": _("%(condition)s in the organisation"),
    "system": _("%(condition)s in the system"),
}
SHORT_SPACES = {"organisation": _("Org.")}
CHANGE_SENTENCES = {
    "clear_rise": _("%(place)s: clear rise, from %(before)s to %(after)s"),
    "clear_fall": _("%(place)s: clear fall, from %(before)s to %(after)s"),
}

# which of the guidance's three texts a level reads
GUIDANCE_BANDS = {"not_yet": "low", "partly": "low", "mostly": "middle", "firmly": "high"}
