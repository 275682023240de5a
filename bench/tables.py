"""How long a table of many practices takes, and how much memory, each act as its own command."""

import csv
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import NotMeasuredError
from bench.report import progress
from bench.server import ROOT
from bench.synthetic import CODES_OF_A_PREFIX
from search.analysis import LANGUAGES

ROWS = 10_000
LINE = "{:<28} {:>9} {:>9} {:>10}  {}"
HEADINGS = ("act", "seconds", "rows/s", "peak MiB", "told")


@dataclass(frozen=True)
class Act:
    name: str
    seconds: float
    peak: int  # bytes
    told: str


def report(rows=ROWS):
    with TemporaryDirectory(prefix="tables-") as folder:
        path = Path(folder) / "many.csv"
        run("the content, out", "export_practices", path)
        size = write_many(path, rows)
        acts = [
            run("a preview", "import_practices", path, "--dry-run"),
            run("import, all new", "import_practices", path),
            run("import again, all unchanged", "import_practices", path),
            run("export", "export_practices", path),
            run("export as workbook", "export_practices", path.with_suffix(".xlsx")),
        ]
    title = f"{rows:,} rows of {size / rows / 1024:.1f} KiB; each act is a process of its own"
    lines = [line(act, rows) for act in acts]
    return "\n".join([title, "", LINE.format(*HEADINGS), *lines])


def line(act, rows):
    speed = f"{rows / act.seconds:.0f}"
    return LINE.format(act.name, f"{act.seconds:.1f}", speed, f"{act.peak / 2**20:.0f}", act.told)


def write_many(path, number):
    """Replaces the exported practices by as many new ones, each a copy of one of them."""
    text = path.read_text(encoding="utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0])
        writer.writeheader()
        writer.writerows(copy(found[place % len(found)], place) for place in range(number))
    return path.stat().st_size


def copy(row, place):
    code = f"Y{chr(ord('A') + place // CODES_OF_A_PREFIX)}{place % CODES_OF_A_PREFIX:04d}"
    texts = {f"name_{one}": f"{row[f'name_{one}']} {place}" for one in LANGUAGES}
    slugs = {f"slug_{one}": f"{code}-{one}".lower() for one in LANGUAGES}
    return row | texts | slugs | {"code": code, "version": ""}


def run(name, *arguments):
    """One management command; its peak of memory is told by the system that ran it."""
    progress(f"tables: {name}")
    started = perf_counter()
    command = [sys.executable, "manage.py", *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    told = process.stdout.read().strip()
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise NotMeasuredError(f"{name} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Act(name, perf_counter() - started, used.ru_maxrss * unit, told)
