"""An import that is killed at any moment has written all of its file, or nothing of it."""

import pytest

from practices.models import Practice
from tests.curation.tables.sheets import sheet_of
from tests.curation.test_kill import assert_index_is_whole, killed
from tests.databases import connected_to, copy_of_test_database

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ROWS = 12

# Two tables in turn; each tells its round once it is written.
IMPORT = """
import os
from itertools import count
from pathlib import Path
from curation.tables.importing import import_table
from curation.tables.limits import command_limits
from curation.tables.reading import read_table
for number in count(1):
    path = Path(os.environ["TABLES"]) / f"{number}.csv"
    with path.open("rb") as stream:
        table = read_table(stream, path.stat().st_size, command_limits())
    import_table(table, path.name, may_publish=True)
    print(number, flush=True)
"""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    with django_db_blocker.unblock(), copy_of_test_database(folder, "tables") as environment:
        yield environment


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Each fills one more text of the same practices."""
    folder = tmp_path_factory.mktemp("tables")
    texts = [f"{field}_{language}" for field in ("aims", "method", "reach", "context", "funding")
             for language in ("nl", "fr", "en")]  # fmt: skip
    for number, name in enumerate(texts, start=1):
        rows = [[f"XT{row:02d}", "Naam", f"killed-{row}", "Samenvatting", f"{number}"]
                for row in range(ROWS)]  # fmt: skip
        headings = ["code", "name_nl", "slug_nl", "summary_nl", name]
        (folder / f"{number}.csv").write_bytes(sheet_of([headings, *rows]))
    return folder, texts


@pytest.mark.parametrize("after", [1, 3, 6])
def test_killed_import_leaves_a_whole_table_or_nothing(site, tables, after):
    folder, texts = tables

    told = killed(site, IMPORT, after=after, TABLES=str(folder))

    with connected_to(site):
        filled = [Practice.objects.exclude(**{f"{name}__in": ["", None]}) for name in texts]
        numbers = [found.exclude(**{f"{name}": None}).count()
                   for found, name in zip(filled, texts, strict=True)]  # fmt: skip
        assert set(numbers) <= {0, ROWS}
        assert numbers.count(ROWS) - len(told) in {0, 1}
        assert_index_is_whole()
        entries = Practice.history.values_list("history_change_reason", flat=True)
        assert len(entries) == ROWS * numbers.count(ROWS)
        Practice.history.all().delete()
        Practice.objects.all().delete()
        Practice.history.all().delete()
