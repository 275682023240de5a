"""Where files wait that go with a mail: beside the database, readable for this program only."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class MailFiles(FileSystemStorage):
    def __init__(self):
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self):
        return Path(settings.VAR_DIR) / "mail_files"

    @property
    def location(self):
        return str(self.base_location.absolute())

    def forget_before(self, moment):
        """Also what no mail names: the act that wrote it was rolled back."""
        for path in self.base_location.rglob("*.*"):
            if path.is_file() and path.stat().st_mtime < moment.timestamp():
                path.unlink(missing_ok=True)
