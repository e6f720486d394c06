"""Tokens and sealing: what can be read with which secret, and what lengths give away."""

import itertools

import pytest

from diagnostics.sealing import boxes, tokens

PAYLOAD = {"group": "a", "counts": True, "answers": {"T1.team": 4}, "comments": {"OQ_task_helps": "Größe – 你好"}}


def test_a_ballot_opens_with_the_private_key_only():
    private, public = boxes.new_keypair()
    sealed = boxes.seal(PAYLOAD, public, 2048)

    assert boxes.open_ballot(sealed, private) == PAYLOAD
    with pytest.raises(boxes.Unreadable):
        boxes.open_ballot(sealed, boxes.new_keypair()[0])


def test_every_ballot_of_a_survey_has_one_length_and_no_two_are_alike():
    _, public = boxes.new_keypair()
    sealed = [boxes.seal(payload, public, 2048) for payload in (PAYLOAD, PAYLOAD, {"withdrawn": True})]

    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == 3


def test_a_draft_opens_with_its_own_link_only():
    link_key = tokens.new_link_key()
    mine, theirs = (tokens.token(link_key, name, 1) for name in ("mine", "theirs"))
    locked = boxes.lock_draft(PAYLOAD, tokens.draft_key(mine), 2048)

    assert boxes.unlock_draft(locked, tokens.draft_key(mine)) == PAYLOAD
    with pytest.raises(boxes.Unreadable):
        boxes.unlock_draft(locked, tokens.draft_key(theirs))


def test_many_are_opened_at_once_in_their_order_and_no_more_than_are_wanted(monkeypatch):
    monkeypatch.setattr(boxes, "AT_ONCE", 10)
    private, public = boxes.new_keypair()
    read = []

    def sealed():
        for number in range(400):
            read.append(number)
            yield boxes.seal({"number": number}, public, 64)

    opened = boxes.open_ballots(sealed(), private)
    assert next(opened) == {"number": 0}
    assert len(read) <= 10 * (2 * boxes.MOST_THREADS + 1)
    assert [one["number"] for one in opened] == list(range(1, 400))
    with pytest.raises(boxes.Unreadable):
        list(boxes.open_ballots(sealed(), boxes.new_keypair()[0]))


def test_what_does_not_fit_is_refused_and_never_cut():
    _, public = boxes.new_keypair()
    with pytest.raises(boxes.TooLong):
        boxes.seal({"comments": {"OQ_task_helps": "x" * 2048}}, public, 2048)


def test_a_token_comes_again_for_a_reminder_and_changes_with_the_address():
    link_key = tokens.new_link_key()

    assert tokens.token(link_key, "a", 1) == tokens.token(link_key, "a", 1)
    others = {
        tokens.token(link_key, "a", 2),
        tokens.token(link_key, "b", 1),
        tokens.token(tokens.new_link_key(), "a", 1),
    }
    assert len(others | {tokens.token(link_key, "a", 1)}) == 4


def test_nothing_derived_from_a_token_tells_of_another():
    one = tokens.visitor_token()
    derived = [tokens.token_hash(one), tokens.ballot_tag(one), tokens.draft_tag(one), tokens.draft_key(one).hex()]

    assert len(set(derived)) == 4
    assert not any(a in b for a, b in itertools.permutations([one, *derived], 2))


def test_a_full_questionnaire_fits_its_size():
    answers = {f"{letter}{number}.organisation": 5 for letter in "TRACE" for number in range(1, 8)}
    in_four_spaces = {f"{key}{i}": value for i in range(4) for key, value in answers.items()}
    comments = {f"OQ_alignment_{i}": "x" * 1180 for i in range(10)}
    payload = {**PAYLOAD, "answers": in_four_spaces, "comments": comments}
    _, public = boxes.new_keypair()

    assert boxes.seal(payload, public, boxes.payload_size(140, 10))
