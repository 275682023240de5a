from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from curation.content.files import ContentError
from curation.content.load import load_content


class Command(BaseCommand):
    help = "Load the content files. Edits made in the admin are kept."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR)

    def handle(self, *args, folder, **options):
        try:
            with translation.override("en"):
                counts = load_content(folder)
        except ContentError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from None
        for kind, outcomes in counts.items():
            told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
            self.stdout.write(f"{kind.replace('_', ' ')}: {told}")
