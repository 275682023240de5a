from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from curation.backups import BackupError
from curation.backups.acts import backup, configured_database
from curation.backups.archive import keep_newest


class Command(BaseCommand):
    help = "Copy the database into one file in BACKUP_DIR, and read the file back."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--keep", type=int, help="how many of the newest backups to keep")

    def handle(self, *args, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError(f"KEEP={keep} would keep no backup: give 1 or more.")
        try:
            done = backup(configured_database(), settings.BACKUP_DIR)
        except BackupError as error:
            raise CommandError(str(error)) from None
        removed = keep_newest(settings.BACKUP_DIR, keep) if keep else 0
        size = filesizeformat(done.path.stat().st_size).replace("\xa0", " ")
        self.stdout.write(
            f"backup: {done.path}, {len(done.contents.tables)} tables, {done.contents.rows} rows, "
            f"{size}, read back and equal" + (f"; {removed} older removed" if removed else "")
        )
