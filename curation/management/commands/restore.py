from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from curation.backups import BackupError
from curation.backups.acts import configured_database, is_of_older_release, restore


class Command(BaseCommand):
    help = "Put a backup in the place of the database, whole or not at all."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="also when the database holds records"
        )

    def handle(self, *args, file, force, **options):
        try:
            done = restore(configured_database(), file, settings.BACKUP_DIR, force=force)
        except BackupError as error:
            raise CommandError(str(error)) from None
        if done.path:
            self.stdout.write(f"What was there before is kept in {done.path}")
        self.stdout.write(
            f"restored: {len(done.contents.tables)} tables, {done.contents.rows} rows; "
            "row counts and hashes are equal"
        )
        if is_of_older_release(done.contents):
            self.stdout.write("It is of an older release: now run manage.py migrate")
