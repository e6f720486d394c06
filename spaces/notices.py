"""What a workspace says about personal data to those it asks: its own words, or else the usual ones."""

from django.utils.translation import gettext as _

from spaces.models import Workspace


def notice_of(workspace: Workspace) -> str:
    return workspace.privacy_notice or usual_notice(workspace)


def usual_notice(workspace: Workspace) -> str:
    """In paragraphs, for the language of the reader."""
    paragraphs = (
        _("%(workspace)s asks for your answers, and is responsible for what this site keeps for it."),
        _(
            "To ask you, it keeps which group you belong to. If you were invited by e-mail, it also keeps your name "
            "and address, to send you the invitation and reminders, and for nothing else."
        ),
        _(
            "Your answers are used to report what groups of people say together about leadership where they work. "
            "They are kept apart from names and addresses. Once the survey has closed nobody can tell which are "
            "yours, so they can no longer be shown to you, corrected or deleted one by one. Until then you can "
            "withdraw them, by your own link."
        ),
        _(
            "You may ask to see what is kept about you, and to have it corrected or deleted. Write to whoever the "
            "survey names for questions, or else to the people who run this site. If the answer does not satisfy "
            "you, you can turn to the authority for data protection where you live."
        ),
    )
    return "\n\n".join(paragraphs) % {"workspace": workspace}
