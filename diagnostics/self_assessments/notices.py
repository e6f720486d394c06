"""What a floor above has to say to a leader who looks at their self-assessments or begins another one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from core.accounts.models import User


@dataclass(frozen=True)
class Notice:
    text: str
    link: str  # address
    link_text: str


tellers: list[Callable[[User], Iterable[Notice]]] = []


def notices_for(leader: User) -> list[Notice]:
    return list(chain.from_iterable(tell(leader) for tell in tellers))
