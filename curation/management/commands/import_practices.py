from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from curation.tables.importing import import_table
from curation.tables.limits import command_limits
from curation.tables.planning import CHANGED, CONFLICT, NEW, UNCHANGED, plan_import
from curation.tables.problems import TableError
from curation.tables.reading import read_table

BAR_WIDTH = 30


class Command(BaseCommand):
    help = "Import a table of practices (CSV or XLSX): all of it, or nothing when a row is wrong."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell what would change")

    def handle(self, *args, file, dry_run, **options):
        try:
            with translation.override("en"):
                plan = self.run(file, dry_run)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except TableError as error:
            raise CommandError("\n".join([*told(error), "Nothing was changed."])) from None
        counts = ", ".join(f"{plan.count(s)} {s}" for s in (NEW, CHANGED, UNCHANGED, CONFLICT))
        self.stdout.write(f"{'would be ' if dry_run else ''}imported: {counts}")
        self.tell_conflicts(plan)

    def run(self, file, dry_run):
        with file.open("rb") as stream:
            table = read_table(stream, file.stat().st_size, command_limits())
        if dry_run:
            return plan_import(table, may_publish=True)
        return import_table(table, file.name, may_publish=True, tell=self.progress)

    def progress(self, done, total):
        if not self.stderr.isatty():
            return
        filled = "#" * (BAR_WIDTH * done // total)
        end = "\n" if done == total else ""
        self.stderr.write(f"\r[{filled:.<{BAR_WIDTH}}] {done:,} of {total:,}{end}", ending="")

    def tell_conflicts(self, plan):
        for row in plan.rows:
            names = [one.name for one in row.differences if one.fate == "conflicting"]
            if names:
                told = f"row {row.number}, {row.record.code}: {', '.join(names)}"
                self.stdout.write(f"conflict, not written: {told}")


def told(error):
    yield from map(str, error.told)
    if error.untold:
        yield f"… and {error.untold} more."
