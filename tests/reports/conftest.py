import pytest

from core.accounts.models import User


@pytest.fixture
def ruth(alice: User) -> User:
    """Alice as a leader with a full name."""
    alice.name = "Ruth Adeyemi"
    alice.save()
    return alice
