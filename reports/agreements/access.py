"""Who may write down what was agreed: whoever may present the report by an account. All others who read it read it."""

from core.accounts.models import User
from reports.comparisons.access import sees_comparison
from reports.comparisons.models import Comparison
from reports.editions.access import sight_of_account
from reports.editions.links import links_of
from reports.editions.models import PublishedSlice

Agreed = PublishedSlice | Comparison  # what was talked about


def can_write_down(user: User, subject: Agreed) -> bool:
    """Of somebody who reads it. By what the account itself opens: the link of a letter is for reading, whoever has
    opened it."""
    if not user.is_authenticated:
        return False
    if not links_of(user, subject.edition):
        return True
    own = sight_of_account(user, subject.edition)
    return sees_comparison(subject, own) if isinstance(subject, Comparison) else own.sees(subject)
