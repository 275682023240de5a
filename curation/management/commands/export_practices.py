from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from curation.tables.writing import FORMATS
from practices.models import Practice


class Command(BaseCommand):
    help = "Write all practices to a table; its name ends in .csv or .xlsx."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        kind = file.suffix.lower().removeprefix(".")
        if kind not in FORMATS:
            raise CommandError("The name of the file must end in .csv or .xlsx.")
        write, _content_type = FORMATS[kind]
        practices = Practice.objects.order_by("code")
        try:
            file.write_bytes(write(practices))
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"exported: {practices.count()} practices")
