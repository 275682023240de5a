"""A process that is killed at any moment loses nothing it has acknowledged, and leaves no half."""

import os
import random
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from curation.content.load import load_content
from network.models import Actor
from practices.models import Practice
from practices.search import search_entry
from search.index import columns
from search.models import Document
from search.version import current
from tests.curation.content_folder import make_folder
from tests.databases import connected_to, copy_of_test_database

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

# Each prints what it has done, once it is done.
SAVE = """
from itertools import count
from django.utils import timezone
from practices.models import Practice
for number in count(10):
    code = f"XK{number}"
    texts = {f"{field}_{language}": f"{field} {code}" for field in ("name", "summary")
             for language in ("nl", "fr", "en")}
    slugs = {f"slug_{language}": f"kill-{number}" for language in ("nl", "fr", "en")}
    Practice.objects.create(code=code, editorial_status="published", **texts, **slugs)
    print(code, flush=True)
"""
LOAD = """
import os, re
from itertools import count
from pathlib import Path
from curation.content.load import load_content
folder = Path(os.environ["FOLDER"])
files = [folder / "practices/VB01.yaml", folder / "actors/house.yaml"]
for number in count(1):
    for path in files:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"nl: (Praattafel|Het Huis)[^,]*", rf"nl: \\1 {number}", text)
        fresh = folder / "fresh"  # the test is about the database: files are never half
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    load_content(folder)
    print(number, flush=True)
"""
START = "import django; django.setup()\n"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "killed") as environment:
        yield environment


@pytest.fixture(scope="module")
def content(site, tmp_path_factory):
    folder = make_folder(tmp_path_factory.mktemp("content"))
    with connected_to(site):
        load_content(folder)
    return folder


def killed(site, code, *, after, **environment):
    """What was acknowledged by a process that is killed some time after its first writes."""
    process = subprocess.Popen(
        [sys.executable, "-c", START + code],
        cwd=settings.BASE_DIR,
        env=site | {"DJANGO_SETTINGS_MODULE": "familysupport.settings"} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        told = [process.stdout.readline().strip() for _ in range(after)]
        try:
            process.wait(random.uniform(0, 0.05))  # somewhere within the next writes
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.read().split()
    assert process.returncode == -signal.SIGKILL
    return told


def assert_index_is_whole():
    """Every record has its entry, every entry its record."""
    practices = {practice.code: practice for practice in Practice.objects.all()}
    documents = {one.key: one for one in Document.objects.filter(kind="practice")}
    assert practices.keys() == documents.keys()
    for code, practice in practices.items():
        wanted = columns(search_entry(practice))
        assert {column: getattr(documents[code], column) for column in wanted} == wanted


def index_rows(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_tokens")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("after", [1, 4, 9])
def test_killed_while_saving_loses_no_acknowledged_record(site, content, after):
    told = killed(site, SAVE, after=after)

    with connected_to(site) as connection:
        there = set(Practice.objects.values_list("code", flat=True))
        assert set(told) <= there
        assert len(there - set(told) - {"VB01"}) <= 1  # saved, and killed before it could tell
        assert_index_is_whole()
        assert index_rows(connection) == Document.objects.count()
        Practice.objects.filter(code__startswith="XK").delete()
        assert len(current()) == 32


@pytest.mark.parametrize("after", [1, 2])
def test_killed_while_loading_leaves_a_whole_load(site, content, after):
    told = killed(site, LOAD, after=after, FOLDER=str(content))

    with connected_to(site) as connection:
        names = {Practice.objects.get(code="VB01").name_nl, Actor.objects.get(code="house").name_nl}
        numbers = {int(name.split()[-1]) for name in names}
        assert len(numbers) == 1
        assert numbers.pop() in {int(told[-1]), int(told[-1]) + 1}
        assert_index_is_whole()
        assert index_rows(connection) == Document.objects.count()
        assert load_content(content)["practice"]["kept"] == 0
