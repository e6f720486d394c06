"""Read by the version whose database is made, in its folder: somebody begins to answer the demo's open survey."""

import json
import os
import sys

import django

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "trace_site.settings"
django.setup()

from django.test import Client  # noqa: E402

from benchmarks import people  # noqa: E402
from benchmarks.surveys import people_of  # noqa: E402
from diagnostics.surveys.models import Survey  # noqa: E402
from reports import demo  # noqa: E402

ANSWERS = 8

survey = Survey.objects.get(status="open")
waiting = [link.rstrip("/").rpartition("/")[2] for _name, link in demo.personal_links()]
person = next(one for one in people_of(survey) if one.token in waiting)
client, said = Client(), {}
for request in people.whole_way(person):
    told = getattr(client, request.method.lower())(request.path, dict(request.fields))
    if told.status_code not in (200, 204, 302):
        raise SystemExit(f"{request.path} was answered by {told.status_code}.")
    if request.is_by_script:
        said |= {name: value for name, value in request.fields if name in person.answers}
    if len(said) == ANSWERS:
        break
sys.stdout.write(json.dumps({"survey": survey.public_id, "token": person.token, "answers": said}))
