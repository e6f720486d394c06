"""What each role may do, in words and as a rule."""

from django.utils.translation import gettext_lazy as _

from spaces.models import Role

MAY = {
    Role.OWNER: _(
        "Everything a consultant may. Also makes and changes consultants, removes members, renames the workspace and "
        "hands it over."
    ),
    Role.CONSULTANT: _(
        "Manages people and groups with their e-mail addresses, invites facilitators and leaders, launches surveys, "
        "reads their reports and releases them to others."
    ),
    Role.FACILITATOR: _(
        "Prepares conversations about results from the reports released to them, and may hold a short survey in the "
        "room. Sees who the members are and which groups there are, not the people in the groups."
    ),
    Role.LEADER: _(
        "Leads people who are here, and reads the reports of their own groups once these are released. Sees who the "
        "members are and which groups there are, not the people in the groups."
    ),
}

GIVES = {
    Role.OWNER: (Role.CONSULTANT, Role.FACILITATOR, Role.LEADER),
    Role.CONSULTANT: (Role.FACILITATOR, Role.LEADER),
}


def roles_given_by(role: str) -> tuple[Role, ...]:
    """The roles that somebody in `role` may offer, change and take back."""
    return GIVES.get(Role(role), ())
