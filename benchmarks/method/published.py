"""From ratings to what is published of groups, by the product's own code: everything judged rests on that."""

import numpy as np
import pandas as pd

from benchmarks.method.items import Checklist, Numbers, Ratings
from reports.publish.cells import cell_figures, displayed_sd
from reports.publish.content import SliceContent
from reports.publish.edition import publish_edition
from reports.publish.responses import Responses
from reports.publish.slices import Base, CellSums
from reports.scoring import METHOD, CellKey, FoundCell, Method, ad_of_counts, camps

TEN, THIRTY = 10, 30  # people from which a group carries more
ROOT = "all"


def cells_of(ratings: Ratings, checklist: Checklist, method: Method = METHOD) -> list[FoundCell]:
    """Of one group whose people all answered everything; of ten people and more as a 10-atom."""
    scores = checklist.scores(ratings)
    counts = (ratings[:, :, np.newaxis] == np.arange(1, 6)).sum(axis=0)
    sums = [_sums(scores[:, at], counts[checklist.inside(at)], method) for at in range(len(checklist.keys))]
    told = zip(checklist.keys, checklist.asked.tolist(), sums, strict=True)
    return [_found(key, asked, len(ratings), of, method) for key, asked, of in told]


def _found(key: CellKey, asked: int, n: int, sums: CellSums, method: Method) -> FoundCell:
    tens = n if n >= TEN else 0
    base = Base(n, 0, is_of_tens=n >= TEN, is_of_thirties=n >= THIRTY, n_tens=tens, people=n)
    shown = cell_figures(base, sums, asked=asked, method=method)
    score = None if asked == 1 and n < THIRTY else shown.score
    s = displayed_sd(shown, asked, method)
    return FoundCell(*key, score, shown.low, shown.high, n, shown.agreement, shown.is_split, asked, s)


def _sums(scores: Numbers, counts: Ratings, method: Method) -> CellSums:
    low, high = camps(scores, asked=len(counts), method=method)
    return CellSums(
        mean=float(scores.mean()),
        deviation=float(ad_of_counts(counts, method=method)),
        answers=len(scores),
        sd=float(scores.std(ddof=1)),
        low=int(low.sum()),
        high=int(high.sum()),
        not_judged=0,
        answered=len(scores),
        mean_in_tens=float(scores.mean()),
        in_tens=len(scores) if len(scores) >= TEN else 0,
    )


def whole(ratings: Ratings, checklist: Checklist, groups: int = 1, method: Method = METHOD) -> SliceContent:
    """What the edition of a survey of equal groups says of all of them together; a rating of 0 is "don't know"."""
    people = len(ratings)
    cells = {
        key: [f"{key[0]}{at}.{key[1]}" for at in range(asked)]
        for key, asked in zip(checklist.keys, checklist.asked, strict=True)
    }
    names = [f"{group}" for group in range(groups)] if groups > 1 else [ROOT]
    responses = Responses(
        groups=tuple(names[person * groups // people] for person in range(people)),
        counts=(True,) * people,
        given=pd.DataFrame(ratings, columns=[one for statements in cells.values() for one in statements]),
        picks=((),) * people,
        comments=({},) * people,
    )
    parents = {ROOT: None} | {name: ROOT for name in names if name != ROOT}
    edition = publish_edition(parents=parents, responses=responses, cells=cells, k=method.k_team, method=method)
    return next(one.content for one in edition.slices if one.node == ROOT)


def displayed(values: Numbers, method: Method = METHOD) -> Numbers:
    """`display` of many."""
    return np.floor(10 * values + 0.5 + method.eps) / 10


def scores_shown(means: Numbers, n: Numbers | int) -> Numbers:
    """Scores of groups of `n` people as displayed: below ten their ends are cut."""
    shown = displayed(means)
    return np.where(np.asarray(n) < TEN, np.clip(shown, *METHOD.ends), shown)
