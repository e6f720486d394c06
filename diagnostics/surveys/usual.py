"""What the letters of every draft say before anybody has written anything."""

from django.utils.translation import gettext as _

# What they said before: drafts and surveys of that time hold it still, and are read in other languages all the same.
FORMER = {
    "invitation_subject": "Please take part: {survey}",
    "invitation_text": (
        "Dear {name},\n\n"
        "You are invited to take part in “{survey}”. It takes about {minutes} minutes and is open until {closes}.\n\n"
        "Your answers are confidential. The first page says who asks, why, and who sees what."
    ),
    "reminder_subject": "Open until {closes}: {survey}",
    "reminder_text": (
        "Dear {name},\n\n"
        "“{survey}” is open until {closes}, and we would value your view. It takes about {minutes} minutes.\n\n"
        "This reminder was sent by the system, because this link has not been used to hand in answers yet. "
        "Nobody here knows who has answered."
    ),
}


def usual_texts() -> dict[str, str]:
    """The four fields, in the language of the moment."""
    return {
        "invitation_subject": _("Please take part: {survey}"),
        "invitation_text": _(
            "Dear {name},\n\n"
            "You are invited to take part in “{survey}”. Who asks: {asked_by}.\n\n"
            "{purpose}\n\n"
            "It takes about {minutes} and is open until {closes}.\n\n"
            "Your personal link (please do not pass it on):\n\n"
            "{link}\n\n"
            "Your answers are confidential. The first page says who sees what, and where that protection ends."
        ),
        "reminder_subject": _("Open until {closes}: {survey}"),
        "reminder_text": _(
            "Dear {name},\n\n"
            "“{survey}” is open until {closes}, and we would value your view. Who asks: {asked_by}.\n\n"
            "{purpose}\n\n"
            "It takes about {minutes}. Your personal link (please do not pass it on):\n\n"
            "{link}\n\n"
            "Your answers are confidential. This reminder was sent by the system, because this link has not been used "
            "to hand in answers yet. Nobody here knows who has answered."
        ),
    }
