import json

from django.core.management.base import BaseCommand

from network.consultations.own_data import data_of, erase


class Command(BaseCommand):
    help = "Export (as JSON, to the standard output) or erase what one e-mail address asked."

    def add_arguments(self, parser):
        parser.add_argument("email")
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--export", action="store_true")
        act.add_argument("--erase", action="store_true")

    def handle(self, *args, email, export, **options):
        if export:
            self.stdout.write(json.dumps(data_of(email), indent=2, ensure_ascii=False))
            return
        self.stdout.write(f"questions erased: {erase(email)}")
