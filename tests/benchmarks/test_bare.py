"""The bare project gets the same requests as TRACE, and shows the same radios: else a ratio would say nothing."""

import json
import re
import subprocess
import sys

import pytest
from django.test import Client

from benchmarks.people import FROM_THE_LINK, IN_ONE_SAVE, Person, answered, way_by_script, whole_way
from diagnostics.answering.models import Ballot
from diagnostics.questionnaire.questionnaire import questionnaire_of
from tests.diagnostics.respondents import open_survey
from tests.stage import ROOT, clean_environment

RADIO = re.compile(r'<input type="radio" name="([^"]+)" value="(\d)"')


@pytest.fixture
def opened(alice, instrument):
    return open_survey(alice)


@pytest.fixture
def person(opened) -> Person:
    asked = questionnaire_of(opened.survey.version)
    pages = {
        condition: [
            *(statement.key for statement in asked.statements_of(condition)),
            *(key for key, question in asked.questions.items() if question.condition == condition),
        ]
        for condition in asked.pages
    }
    answers = dict.fromkeys(asked.statements, "4") | {next(iter(asked.questions)): "Talk more."}
    return Person(opened.survey.public_id, opened.tokens[0], pages, answers)


def walked(requests) -> list[list]:
    browser = Client()
    answers = (
        browser.get(one.path) if one.method == "GET" else browser.post(one.path, dict(one.fields)) for one in requests
    )
    return [[answer.status_code, answer.content.decode()] for answer in answers]


def walked_bare(requests, opened, person, tmp_path) -> list[list]:
    survey = {"public_id": person.survey, "content": opened.survey.version.content, "tokens": [person.token]}
    told = {"surveys": [survey], "requests": [[one.method, one.path, one.fields] for one in requests]}
    settings = {"SECRET_KEY": "any", "DATABASE_URL": f"sqlite:///{tmp_path}/bare.sqlite3"}
    environment = clean_environment(**settings) | {"DJANGO_SETTINGS_MODULE": "benchmarks.bare.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bare_walk"],
        check=False,
        cwd=ROOT,
        env=environment,
        input=json.dumps(told),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.django_db
@pytest.mark.parametrize("way", FROM_THE_LINK)
def test_both_answer_every_request_of_a_whole_way_alike(opened, person, tmp_path, way):
    requests = list(way(person))
    ours, bare = walked(requests), walked_bare(requests, opened, person, tmp_path)
    expected = [one.expected for one in requests]
    assert [status for status, _ in ours] == [status for status, _ in bare] == expected
    assert [RADIO.findall(page) for _, page in ours] == [RADIO.findall(page) for _, page in bare]
    radios = sum(len(RADIO.findall(page)) for _, page in ours)
    assert radios == 6 * len(opened.survey.version.statement_keys)
    assert Ballot.objects.count() == 1


@pytest.mark.django_db
def test_every_answer_is_saved_once_and_every_page_posted_once(person):
    requests = list(whole_way(person))
    saved = [one.fields[0] for one in requests if one.is_by_script]
    assert dict(saved) == person.answers
    assert len(saved) == len(person.answers)
    posted = [name for one in requests if "/rate/" in one.path for name, _ in one.fields if name not in ("to", "mark")]
    assert sorted(posted) == sorted(name for names in person.pages.values() for name in names)


@pytest.mark.django_db
def test_the_script_sends_every_answer_once_and_never_again_with_its_page(person):
    requests = list(way_by_script(person))
    saves = [one.fields[:-1] for one in requests if one.is_by_script]
    assert sorted(pair for save in saves for pair in save) == sorted(person.answers.items())
    assert len(saves) == sum(-(-len(answered(person, condition)) // IN_ONE_SAVE) for condition in person.pages)
    pages = [one.fields for one in requests if one.method == "POST" and "/rate/" in one.path]
    assert {name for fields in pages for name, _ in fields} == {"mark", "to"}
