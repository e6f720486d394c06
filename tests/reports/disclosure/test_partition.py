"""The partition: what it promises, and attackers that try to take it apart; with controls that must break."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure import Atom, Bases, Published, carry_up, coarsen, is_enough
from tests.reports import oracles
from tests.reports.oracles import smallest_by_subtraction, smallest_signature_class
from tests.reports.worlds import random_world

K = 5
seeds = st.integers(min_value=0, max_value=10**9)


def counted(published, positions):
    return len(positions & published.counted)


def by_person(bases):
    """What is published, with everybody by themselves; it is made of the kinds of people that stand together."""
    at = [frozenset(np.flatnonzero(bases.kind_of == kind).tolist()) for kind in range(len(bases.kinds))]

    def people(kinds):
        return frozenset().union(*(at[kind] for kind in kinds))

    return Published(
        [Atom(atom.owner, atom.kind, people(atom.positions)) for atom in bases.published.atoms],
        {label: people(kinds) for label, kinds in bases.published.slices.items()},
        people(bases.published.unused),
        people(bases.published.counted),
    )


def test_carry_up_worked_by_hand():
    """Three teams of 6, 3 and 2 under one organisation, beside one of 4: two atoms, and the four left over."""
    parents = {"system": None, "org": "system", "a": "org", "b": "org", "c": "org", "small": "system", "d": "small"}
    responses = [("a", True)] * 6 + [("b", True)] * 3 + [("c", True)] * 2 + [("d", True)] * 4

    published = carry_up(parents, responses, K)

    assert [(atom.owner, atom.kind) for atom in published.atoms] == [("a", "team"), ("org", "other groups")]
    assert published.slices["other groups", "org"] == frozenset(range(6, 11))
    assert published.slices["group", "org"] == frozenset(range(11))
    assert published.slices["group", "system"] == frozenset(range(11))
    assert published.unused == frozenset(range(11, 15))


def test_a_leader_joins_an_atom_but_never_completes_one():
    parents = {"all": None, "a": "all", "b": "all"}
    four_and_their_leader = [("a", True)] * 4 + [("a", False)]

    assert carry_up(parents, four_and_their_leader, K).atoms == []
    assert carry_up(parents, [*four_and_their_leader, ("a", True)], K).slices["team", "a"] == frozenset(range(6))


@pytest.mark.parametrize(
    ("parents", "responses", "sentence"),
    [
        ({"a": None, "b": None}, [], "exactly one root"),
        ({"a": None, "b": "x"}, [], "not in the tree"),
        ({"a": None, "b": "c", "c": "b"}, [], "circle"),
        ({"a": None}, [("b", True)], "not a group"),
        ({"a": None, "b": "a"}, [("a", True)], "leaf group of their own"),
    ],
)
def test_what_is_no_tree_is_refused_with_a_sentence(parents, responses, sentence):
    with pytest.raises(ValueError, match=sentence):
        carry_up(parents, responses, K)


@given(seeds)
def test_every_position_is_in_one_atom_or_unused(seed):
    world = random_world(random.Random(seed))
    published = carry_up(world.parents, world.responses, K)
    pieces = [atom.positions for atom in published.atoms] + [published.unused]

    assert sorted(position for piece in pieces for position in piece) == list(range(len(world.responses)))
    assert all(counted(published, atom.positions) >= K for atom in published.atoms)


@given(seeds)
def test_no_attacker_isolates_fewer_than_k(seed):
    world = random_world(random.Random(seed))
    published = carry_up(world.parents, world.responses, K)
    figures = [positions & published.counted for positions in published.slices.values()]

    assert smallest_signature_class(figures) in (0, *range(K, 10_000))
    assert (smallest_by_subtraction(figures) or K) >= K


@settings(max_examples=60)
@given(seeds, st.sampled_from([0.05, 0.15, 0.3, 0.5]))
def test_no_question_isolates_fewer_than_k_whoever_could_not_judge(seed, dont_know):
    rng = random.Random(seed)
    world = random_world(rng)
    answered = world.answered(rng, dont_know)
    bases, shown = shown_to(world, answered)
    fine, coarse = set(), set()
    for row, people in enumerate(by_person(bases).slices.values()):
        standing = frozenset(people & answered & by_person(bases).counted & in_shown(bases, shown))
        fine.add(standing)
        coarse.add(frozenset(in_tens(bases, shown)[row] & answered & by_person(bases).counted))

    for seen, minimum in ((fine, K), (coarse, 10), (fine | coarse, K)):
        assert smallest_signature_class(seen) in (0, *range(minimum, 10_000))
        assert (smallest_by_subtraction(seen) or minimum) >= minimum


def shown_to(world, answered):
    """The bases of a world, and what they show of one question that `answered` answered."""
    bases = Bases(world.parents, world.responses, K)
    voices = [len(atom.positions & answered & by_person(bases).counted) for atom in by_person(bases).atoms]
    return bases, bases.shown(np.array(voices, dtype=int).reshape(-1, 1))


def in_shown(bases, shown):
    atoms = zip(by_person(bases).atoms, shown.atoms[:, 0], strict=True)
    return {position for atom, is_shown in atoms if is_shown for position in atom.positions}


def in_tens(bases, shown):
    """Slice by slice, the people of the atoms on which what needs ten rests."""
    atoms = by_person(bases).atoms
    which = bases.sums_of(shown.scores_of_tens, np.eye(len(atoms), dtype=int)[:, np.newaxis])[:, 0]
    return [set().union(*(atoms[number].positions for number in np.flatnonzero(row))) for row in which]


@given(seeds, st.sampled_from([0.0, 0.15, 0.4]))
def test_unions_of_tens_and_thirties_are_what_a_reader_of_the_rule_finds(seed, dont_know):
    rng = random.Random(seed)
    world = random_world(rng, largest=30)
    answered = world.answered(rng, dont_know)
    bases, shown = shown_to(world, answered)
    people = dict(enumerate(world.responses))
    counts = oracles.counted(people)
    fives = oracles.atoms(world.parents, people, K)
    tens = oracles.carried(world.parents, fives, counts, 10)
    thirties = oracles.carried(world.parents, tens, counts, 30)

    for row, (label, slice_) in enumerate(by_person(bases).slices.items()):
        base = oracles.base(slice_, answered, fives, counts, K)
        is_of_tens = oracles.is_union(base, slice_, tens, counts, 10)
        is_of_thirties = is_of_tens and oracles.is_union(base, slice_, thirties, counts, 30)
        of_tens = in_tens(bases, shown)[row] & answered
        assert (label, of_tens) == (label, oracles.in_whole(base, slice_, tens, counts))
        assert not is_of_tens or of_tens == base
        assert (label, shown.is_of_thirties[row, 0]) == (label, is_of_thirties)
        assert shown.without[row, 0] == sum(part <= slice_ and not part & base for _, part in fives)


def test_one_or_two_who_skipped_keep_a_thirty_with_the_tens():
    bases = Bases({"all": None}, [("all", True)] * 40, K)

    assert [bool(bases.shown(np.array([[36]]), np.array([[n]])).is_of_thirties[0, 0]) for n in (0, 1, 2, 3)] == [
        True, False, False, True,
    ]  # fmt: skip
    assert in_tens(bases, bases.shown(np.array([[36]]), np.array([[1]]))) == [set(range(40))]


def test_sums_of_slices_are_sums_over_their_people():
    world = random_world(random.Random(7))
    bases = Bases(world.parents, world.responses, K)
    per_atom = np.array([[len(atom.positions), 1] for atom in by_person(bases).atoms])

    for row, people in enumerate(by_person(bases).slices.values()):
        inside = [atom for atom in by_person(bases).atoms if atom.positions <= people]
        assert bases.sums(per_atom)[row].tolist() == [len(people), len(inside)]


def test_a_survey_without_an_atom_has_nothing_to_show():
    bases = Bases({"all": None, "a": "all"}, [("a", True)] * 4, K)

    assert bases.labels == ()
    assert bases.shown(np.zeros((0, 3), dtype=int)).is_of_thirties.shape == (0, 3)


@given(seeds)
def test_coarse_atoms_are_unions_of_whole_atoms(seed):
    world = random_world(random.Random(seed))
    published = carry_up(world.parents, world.responses, K)
    tens = coarsen(world.parents, published, 10)
    thirties = coarsen(world.parents, tens, 30)

    for fine, coarse, minimum in ((published, tens, 10), (tens, thirties, 30)):
        for atom in coarse.atoms:
            inside = [one.positions for one in fine.atoms if one.positions <= atom.positions]
            assert frozenset().union(*inside) == atom.positions
            assert counted(coarse, atom.positions) >= minimum


# Negative controls: the rules others use must fall to the same attackers, or the attackers prove nothing.


def share_of_worlds(breaks, worlds: int = 150) -> float:
    return sum(breaks(random.Random(seed)) for seed in range(worlds)) / worlds


def test_control_showing_every_group_of_k_leaks():
    def breaks(rng):
        world = random_world(rng)
        groups = [world.people(node) for node in world.parents]
        shown = [people for people in groups if len(people) >= K]
        return (smallest_by_subtraction(shown) or K) < K

    assert share_of_worlds(breaks) >= 0.4


def test_control_totals_that_keep_hidden_atoms_leak():
    def breaks(rng):
        world = random_world(rng)
        published = carry_up(world.parents, world.responses, K)
        answered = world.answered(rng, 0.3)
        kept = [positions & answered & published.counted for positions in published.slices.values()]
        return (smallest_by_subtraction([people for people in kept if len(people) >= K]) or K) < K

    assert share_of_worlds(breaks) >= 0.2


def test_control_a_second_walk_from_the_beginning_leaks():
    def breaks(rng):
        world = random_world(rng)
        fives = carry_up(world.parents, world.responses, K)
        tens = carry_up(world.parents, world.responses, 10)
        both = [*fives.slices.values(), *tens.slices.values()]
        return (smallest_by_subtraction([people & fives.counted for people in both]) or K) < K

    assert share_of_worlds(breaks) >= 0.25


def test_control_tens_that_reach_beyond_their_slice_leak():
    """Had figures of a slice rested on its part of some 10-atom that lies partly outside, too."""

    def breaks(rng):
        world = random_world(rng)
        fives = carry_up(world.parents, world.responses, K)
        tens = coarsen(world.parents, fives, 10)
        in_some = fives.counted & frozenset().union(*(atom.positions for atom in tens.atoms))
        shown = [people & in_some for people in fives.slices.values()]
        return (smallest_by_subtraction([people for people in shown if len(people) >= 10]) or 10) < 10

    assert share_of_worlds(breaks) >= 0.25


@given(st.integers(min_value=0, max_value=400), st.integers(min_value=0, max_value=400))
def test_three_quarters_are_enough(part, rest):
    assert is_enough(np.array([part]), np.array([part + rest]))[0] == (part > 0 and part >= 3 * rest)
