from collections import Counter
from itertools import groupby

from django.core.management.base import BaseCommand, CommandError

from curation.texts import ALL_KINDS, remarks
from wording.records import LANGUAGES


class Command(BaseCommand):
    help = "Tell what could be written better in the texts that readers meet."

    def add_arguments(self, parser):
        parser.add_argument("--language", choices=LANGUAGES, help="only this language")
        parser.add_argument("--kind", choices=ALL_KINDS, help="only these records")
        parser.add_argument("--drafts", action="store_true", help="also what is not published")
        parser.add_argument("--totals", action="store_true", help="only the totals")
        parser.add_argument(
            "--strict", action="store_true", help="end with 1 when a translation is missing"
        )

    def handle(self, *args, language, kind, drafts, totals, strict, **options):
        found = [
            remark
            for name in ([kind] if kind else ALL_KINDS)
            for remark in remarks(name, with_drafts=drafts)
            if language in (None, remark.language)
        ]
        if not totals:
            self.print_each(found)
        self.print_totals(found)
        missing = sum(remark.finding.is_error for remark in found)
        if strict and missing:
            raise CommandError(f"{missing} missing translations")

    def print_each(self, found):
        for (kind, record), group in groupby(found, key=lambda one: (one.kind, one.record)):
            self.stdout.write(f"{kind} {record}")
            for one in group:
                place = f"{one.field} {one.language}".strip()
                excerpt = f" “{one.finding.excerpt}”" if one.finding.excerpt else ""
                self.stdout.write(f"  {place}: {one.finding.message}{excerpt}")

    def print_totals(self, found):
        counts = Counter((one.finding.kind, one.language) for one in found)
        kinds = sorted({kind for kind, _ in counts})
        languages = [code for code in LANGUAGES if any(code == language for _, language in counts)]
        self.stdout.write(f"{'':10}" + "".join(f"{language:>6}" for language in languages))
        for kind in kinds:
            numbers = "".join(f"{counts[kind, language]:6}" for language in languages)
            self.stdout.write(f"{kind:10}{numbers}")
        self.stdout.write(f"remarks: {len(found)}")
