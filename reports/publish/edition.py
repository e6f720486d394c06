"""One edition of a survey: every slice with everything that may be said of it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.disclosure import GROUP, OTHER_GROUPS, TEAM
from reports.publish.cells import CellFigures, cell_figures
from reports.publish.findings import findings
from reports.publish.partitioned import Label, Partitioned
from reports.publish.responses import Cells, Place, Responses
from reports.publish.statements import classes, statement_content
from reports.scoring import METHOD, Method, condition_scores

Scores = Mapping[Place, npt.NDArray[np.float64]]


@dataclass(frozen=True)
class PublishedSlice:
    kind: str  # 'team', 'other groups', 'group'
    node: str
    n: int
    content: dict[str, Any]


@dataclass(frozen=True)
class PublishedComment:
    node: str
    question: str
    text: str


@dataclass(frozen=True)
class Publication:
    slices: tuple[PublishedSlice, ...]  # in tree order
    comments: tuple[PublishedComment, ...]  # in an order that tells nothing
    ledger: dict[str, Any]
    atoms: dict[Label, npt.NDArray[np.int64]]  # positions, for what is kept
    responses: Responses  # the rows that the positions number

    @property
    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON of slices and ledger; comments may be redacted and are left out."""
        said = {"slices": [[s.kind, s.node, s.n, s.content] for s in self.slices], "ledger": self.ledger}
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def publish(
    *,
    parents: Mapping[str, str | None],
    responses: Responses,
    cells: Cells,
    k: int,
    comments_for_whole_only: bool = False,
    comment_key: bytes = b"",
    method: Method = METHOD,
) -> Publication:
    """Everything that may be said of a survey.

    `parents`: node → parent, in tree order (parents first), one root. `responses`: one row per person, in an order
    that depends on content only. `cells`: (condition, space) → its statements, in model order. `comment_key`: a secret
    that orders comments. People without a score in any cell are left out. The same input gives the same output.
    """
    scores = _scores(responses, cells, method)
    has_any = np.logical_or.reduce([~np.isnan(values) for values in scores.values()]) if scores else np.array([])
    responses = responses.only(has_any)
    scores = {place: values[has_any] for place, values in scores.items()}
    people = list(zip(responses.groups, responses.counts, strict=True))
    parts = Partitioned(parents, people, k)
    maker = _Maker(parts, responses, cells, scores, method)
    return Publication(
        slices=tuple(maker.slice(label) for label in _tree_order(parents, parts)),
        comments=_comments(parents, parts, responses, comments_for_whole_only, comment_key),
        ledger=_ledger(parts, k, method),
        atoms={(atom.kind, atom.owner): np.array(sorted(atom.positions)) for atom in parts.published.atoms},
        responses=responses,
    )


def _scores(responses: Responses, cells: Cells, method: Method) -> dict[Place, npt.NDArray[np.float64]]:
    ratings = responses.ratings
    return {
        place: np.array(condition_scores(ratings, statements, method=method).scores, dtype=np.float64)
        for place, statements in cells.items()
    }


class _Maker:
    """Makes slices; what does not depend on the slice is worked out once."""

    def __init__(self, parts: Partitioned, responses: Responses, cells: Cells, scores: Scores, method: Method) -> None:
        self.parts, self.cells, self.scores, self.method = parts, cells, scores, method
        self.ratings, self.dont_knows = responses.ratings, responses.could_not_judge
        self.columns = {key: self.ratings[key].to_numpy() for keys in cells.values() for key in keys}
        self.cell_questions = {place: parts.question(~np.isnan(values)) for place, values in scores.items()}
        self.statement_questions = {
            key: parts.question(self.cell_questions[place].shown & ~np.isnan(self.columns[key]))
            for place, keys in cells.items()
            for key in keys
        }
        self.conditions = list(dict.fromkeys(condition for condition, _ in cells))
        self.chose = np.array([len(picks) == 2 for picks in responses.picks], dtype=bool)
        self.picks = {c: np.array([c in picks for picks in responses.picks], dtype=bool) for c in self.conditions}
        self.picks_question = parts.question(self.chose)

    def slice(self, label: Label) -> PublishedSlice:
        kind, node = label
        figures = {place: self._figures(place, label) for place in self.cells}
        shown = {place: cell for place, cell in figures.items() if cell is not None}
        content = {
            "cells": [self._cell(place, figures[place], label) for place in self.cells],
            "picks": self._picks(label),
            "findings": findings(shown, self._importance(label), self.method),
        }
        return PublishedSlice(kind, node, len(self.parts.slices[label]), content)

    def _figures(self, place: Place, label: Label) -> CellFigures | None:
        question = self.cell_questions[place]
        base = self.parts.base(question, label)
        if base.n == 0:
            return None
        keys = list(self.cells[place])
        judges = self.parts.judges(question, label)
        return cell_figures(
            base,
            scores=self.scores[place],
            ratings=self.ratings[keys],
            dont_knows=self.dont_knows[keys],
            judges=judges,
            method=self.method,
        )

    def _cell(self, place: Place, figures: CellFigures | None, label: Label) -> dict[str, Any]:
        condition, space = place
        asked = len(self.cells[place])
        head = {"condition": condition, "space": space, "asked": asked}
        if figures is None:
            return {**head, "state": "too_few_people", "score": None, "level": None}
        statements = [self._statement(key, place, label, asked) for key in self.cells[place]]
        return {**head, **figures.content(), "statements": statements}

    def _statement(self, key: str, place: Place, label: Label, asked: int) -> dict[str, Any]:
        base = self.parts.base(self.statement_questions[key], label)
        atoms = np.unique(self.parts.fine.atom_of[base.positions])
        beside = self.parts.slices[label]
        beside = beside[np.isin(self.parts.fine.atom_of[beside], atoms) & self.cell_questions[place].shown[beside]]
        dont_knows = int(self.dont_knows[key].to_numpy()[beside].sum())
        return statement_content(key, base, self.columns[key], dont_knows=dont_knows, asked=asked, method=self.method)

    def _importance(self, label: Label) -> dict[str, float]:
        base = self.parts.base(self.picks_question, label)
        return {c: float(self.picks[c][base.positions].mean()) if base.n else 0.0 for c in self.conditions}

    def _picks(self, label: Label) -> dict[str, Any] | None:
        """How many chose each condition, where tens stand behind it."""
        base = self.parts.base(self.picks_question, label)
        if not base.is_of_tens:
            return None
        counts = [int(self.picks[c][base.positions].sum()) for c in self.conditions]
        return {"n": base.n, "conditions": self.conditions, **classes(counts)}


def _tree_order(parents: Mapping[str, str | None], parts: Partitioned) -> list[Label]:
    return [(kind, node) for node in parents for kind in (GROUP, TEAM, OTHER_GROUPS) if (kind, node) in parts.slices]


def _comments(
    parents: Mapping[str, str | None], parts: Partitioned, responses: Responses, whole_only: bool, key: bytes
) -> tuple[PublishedComment, ...]:
    """At the node of their 10-atom or of the whole; in the order of a keyed hash, one by one."""
    root = next(node for node, parent in parents.items() if parent is None)
    found = [
        PublishedComment(root if whole_only else atom.owner, question, text)
        for atom in parts.tens.atoms
        for position in sorted(atom.positions)
        for question, text in responses.comments[position].items()
        if text
    ]
    return tuple(sorted(found, key=lambda one: hmac.digest(key, f"{one.question}\0{one.text}".encode(), "sha256")))


def _ledger(parts: Partitioned, k: int, method: Method) -> dict[str, Any]:
    sizes = [len(atom.positions) for atom in parts.published.atoms]
    return {
        "k": k,
        "method": method.version,
        "atoms": [[atom.kind, atom.owner, len(atom.positions)] for atom in parts.published.atoms],
        "smallest": min(sizes, default=None),
        "n": sum(sizes),
    }
