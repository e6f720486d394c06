"""One edition of a survey: every slice with everything that may be said of it."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from reports.disclosure import GROUP, NO_ATOM, OTHER_GROUPS, TEAM, Bases, Label, Mask, Tree, numbers_of
from reports.publish.content import SliceContent, slice_content
from reports.publish.instrument import instrument_evidence
from reports.publish.judgement import judgement
from reports.publish.responses import Cells, Responses
from reports.publish.slices import Carried, SliceSums, cells_shown, slice_sums
from reports.publish.spread import sd_classes
from reports.publish.tallies import Atoms, Tally, scores_of, tally
from reports.publish.turnout import turnout_share
from reports.scoring import METHOD, Method

CODE = "4"  # of this package: raised when the same answers would be published otherwise
SOME = 50  # slices between two words of progress
COUNT_SET_ASIDE = 30  # respondents from which the number of careless ones is said


@dataclass(frozen=True)
class LabelledSlice:
    kind: str  # 'team', 'other groups', 'group'
    node: str
    n: int  # people who count towards k
    content: SliceContent


@dataclass(frozen=True)
class CommentText:
    node: str
    question: str
    text: str


@dataclass(frozen=True)
class Publication:
    slices: tuple[LabelledSlice, ...]  # in tree order
    comments: tuple[CommentText, ...]  # in an order that tells nothing
    ledger: dict[str, Any]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON of slices and ledger; comments may be redacted and are left out."""
        return content_hash([[s.kind, s.node, s.n, s.content.stored()] for s in self.slices], self.ledger)


def content_hash(slices: Sequence[Sequence[Any]], ledger: Mapping[str, Any]) -> str:
    """`slices`: of each its kind, node, people and stored content, in tree order."""
    said = {"slices": slices, "ledger": ledger}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def publish_edition(
    *,
    parents: Mapping[str, str | None],
    responses: Responses,
    cells: Cells,
    k: int,
    comments_for_whole_only: bool = False,
    comment_key: bytes = b"",
    facts: Mapping[str, str | int] | None = None,
    asked: Mapping[str, int] | None = None,
    is_open_link: bool = False,
    words_only: Collection[str] = (),
    primary: str | None = None,
    method: Method = METHOD,
    tell: Callable[[], None] = lambda: None,
) -> Publication:
    """Everything that may be said of a survey.

    `parents`: node → parent, in tree order (parents first), one root. `responses`: one row per person, in any order.
    `cells`: (condition, space) → its statements, in model order. `comment_key`: a secret that orders comments.
    `facts`: what else stands in the ledger (cut-off, checklist). `asked`: leaf → people asked, where that is known and
    follows no answer: of it only shares are published. `is_open_link`: people came in by a link that was not theirs
    alone, so nothing has a score below thirty. `words_only`: leaves that were asked shortly before, with nearly the
    same people (see `Bases`). `primary`: the space that was asked in depth. `tell`: called
    now and then on the way.
    People without a score in any cell are left out. Every number of people is of those who
    count towards k: whether anybody else answered follows from none.
    The same answers give the same output. Raises ValueError for answers off the scale and for what is no tree.
    """
    responses = responses.in_order()
    tell()
    scores = scores_of(responses, cells, method)
    tell()
    has_any = np.array(~np.isnan(scores).all(axis=1))
    emptied = _careless(responses, ~has_any)
    responses, scores = responses.only(has_any), scores[has_any]
    tree = Tree(parents)
    bases = Bases(parents, list(zip(responses.groups, responses.counts, strict=True)), k, words_only)
    tell()
    atoms = Atoms(bases.atom_of, len(bases.published.atoms), responses.counts)
    counted = tally(atoms, responses, cells, scores, method)
    tell()
    sums = slice_sums(bases, counted, cells, method, is_open_link=is_open_link)
    carried = Carried(bases, cells_shown(bases, counted, cells, is_open_link=is_open_link), counted.cells.voices)
    slices = _slices(tree, bases, sums, cells, primary=primary, is_open_link=is_open_link, method=method, tell=tell)
    whole = next((one.content for one in slices if one.node == tree.root and one.kind != OTHER_GROUPS), None)
    tell()
    evidence = instrument_evidence(bases, counted, responses, whole=whole, cells=cells, method=method)
    return Publication(
        slices=slices,
        comments=_comments(tree, bases, responses, comments_for_whole_only, comment_key),
        ledger={
            **_ledger(bases, responses, emptied, method),
            **_for_comparisons(slices, counted, cells, shown=carried.atoms_with_scores, method=method),
            "evidence": evidence.stored() if evidence else None,
            **({} if asked is None else {"turnout": _turnout(tree, bases, asked)}),
            **(facts or {}),
        },
    )


def _slices(
    tree: Tree[str],
    bases: Bases,
    sums: Mapping[Label, SliceSums],
    cells: Cells,
    *,
    primary: str | None,
    is_open_link: bool,
    method: Method,
    tell: Callable[[], None],
) -> tuple[LabelledSlice, ...]:
    """The atoms first: what a slice of several says of people who answered in two spaces, it says from theirs."""
    published = bases.published
    atoms = {(atom.kind, atom.owner): atom.positions for atom in published.atoms}
    sizes = {label: published.size_of(positions) for label, positions in published.slices.items()}
    contents: dict[Label, SliceContent] = {}
    for number, label in enumerate(sorted(published.slices, key=lambda label: label not in atoms)):
        if number % SOME == 0:
            tell()
        inside = [one for one in atoms if label not in atoms and atoms[one] <= published.slices[label]]
        contents[label] = slice_content(
            sums[label],
            cells,
            [contents[one] for one in inside],
            n=sizes[label],
            primary=primary,
            is_open_link=is_open_link,
            method=method,
        )
    return tuple(LabelledSlice(*label, sizes[label], contents[label]) for label in _tree_order(tree, bases))


def _tree_order(tree: Tree[str], bases: Bases) -> list[Label]:
    slices = bases.published.slices
    return [(kind, node) for node in tree.parents for kind in (GROUP, TEAM, OTHER_GROUPS) if (kind, node) in slices]


def _turnout(tree: Tree[str], bases: Bases, asked: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Of each slice of which it may be said, the share of the people asked in its groups who answered.

    A group is where its answers are, or would be.
    """
    owners = {atom.owner for atom in bases.published.atoms}
    of_atom = Counter[str]()
    for leaf, people in asked.items():
        owner = next((node for node in tree.above(leaf) if node in owners), None)
        if owner is not None:
            of_atom[owner] += people
    inside = {
        (kind, node): sum(n for owner, n in of_atom.items() if tree.is_within(owner, node))
        if kind == GROUP
        else of_atom[node]
        for kind, node in _tree_order(tree, bases)
    }
    published = bases.published
    answered = {label: published.size_of(published.slices[label]) for label in inside}
    shares = {label: turnout_share(answered[label], inside[label]) for label in inside}
    return [(*label, share) for label, share in shares.items() if share is not None]


def _for_comparisons(
    slices: Sequence[LabelledSlice], counted: Tally, cells: Cells, *, shown: Mask, method: Method
) -> dict[str, list[dict[str, Any]]]:
    """Which atoms differ from everybody else, in tree order: judged now, whatever is looked at later.

    `shown`: (atoms, cells), the atoms that have a score.
    """
    spreads = dict(zip(cells, sd_classes(counted, shown, cells, method), strict=True))
    atoms = [one.content.cells for one in slices if one.kind != GROUP]
    return {"compared": [cell.stored() for cell in judgement(atoms, spreads, method)]}


def _comments(
    tree: Tree[str], bases: Bases, responses: Responses, whole_only: bool, key: bytes
) -> tuple[CommentText, ...]:
    """At the node of their 10-atom or of the whole; in the order of a keyed hash, one by one."""
    atom_of = numbers_of(bases.tens.atoms, len(bases.kinds))[bases.kind_of]
    found = [
        CommentText(tree.root if whole_only else bases.tens.atoms[atom].owner, question, text)
        for atom, comments in zip(atom_of.tolist(), responses.comments, strict=True)
        if comments and atom != NO_ATOM
        for question, text in comments.items()
        if text.strip()
    ]
    return tuple(sorted(found, key=lambda one: hmac.digest(key, f"{one.question}\0{one.text}".encode(), "sha256")))


def _ledger(bases: Bases, responses: Responses, emptied: int, method: Method) -> dict[str, Any]:
    """What was done, for the record. Whoever is in no atom is in no number of it.

    `emptied`: people without any score left once their careless answers were set aside.
    """
    atoms = bases.published.atoms
    sizes = [bases.published.size_of(atom.positions) for atom in atoms]
    careless = emptied + _careless(responses, bases.atom_of != NO_ATOM)
    return {
        "k": bases.k,
        "method": method.version,
        "code": CODE,
        "atoms": [[atom.kind, atom.owner, size] for atom, size in zip(atoms, sizes, strict=True)],
        "smallest": min(sizes, default=None),
        "n": sum(sizes),
        "set_aside": careless if sum(sizes) >= COUNT_SET_ASIDE else None,
    }


def _careless(responses: Responses, among: Mask) -> int:
    """How many of those who count towards k answered carelessly."""
    if not responses.set_aside:
        return 0
    return int((np.array(responses.counts, dtype=bool) & np.array(responses.set_aside, dtype=bool) & among).sum())
