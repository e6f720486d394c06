import pytest
from hypothesis import settings

from core.accounts.models import User

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("unhurried")


@pytest.fixture
def ruth(alice: User) -> User:
    """Alice as a leader with a full name."""
    alice.name = "Ruth Adeyemi"
    alice.save()
    return alice
