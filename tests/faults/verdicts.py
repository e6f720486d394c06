"""What a fault has shown: figures, and promises that were kept or broken."""

from collections import Counter
from dataclasses import dataclass, field

from tests.faults.load import Crowd
from tests.faults.stage import Site


@dataclass
class Verdict:
    figures: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def figure(self, text: str) -> None:
        self.figures.append(text)

    def promise(self, sentence: str, *, kept: bool) -> None:
        if not kept:
            self.broken.append(sentence)

    def answers(self, site: Site, crowd: Crowd) -> None:
        """What respondents were told is there."""
        lost = site.lost(crowd)
        self.figure(f"{crowd.saves} saves and {crowd.submits} submits acknowledged, {lost} lost")
        self.troubles(crowd)
        self.promise("every answer that was acknowledged is there", kept=not lost)
        self.promise("people were answering all the while", kept=crowd.saves > 0)

    def troubles(self, crowd: Crowd) -> None:
        what = Counter(trouble.what for trouble in crowd.troubles).most_common(3)
        kinds = f" ({', '.join(f'{number} × {name}' for name, number in what)})" if what else ""
        self.figure(f"{len(crowd.troubles)} errors seen{kinds}, longest wait {crowd.longest:.1f} s")

    @property
    def is_kept(self) -> bool:
        return not self.broken
