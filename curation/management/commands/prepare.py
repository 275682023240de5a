from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection


class Command(BaseCommand):
    help = "Make a database ready to serve: tables, places, content, static files."
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.check_database()
        call_command("migrate", verbosity=0)
        call_command("load_places", stdout=self.stdout)
        call_command("load_content", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)

    @staticmethod
    def check_database():
        try:
            connection.ensure_connection()
        except OperationalError as error:
            name = "DATABASE_URL" if connection.vendor == "postgresql" else str(settings.VAR_DIR)
            reason = str(error).strip().splitlines()[0]
            raise CommandError(
                f"The database cannot be reached ({reason}). Check {name}."
            ) from None
