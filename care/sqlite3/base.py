"""SQLite as Django has it, with a connection that notices when its file is gone or another one."""

import os

from django.conf import settings
from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        path = conn_params["database"]
        if settings.WEB and not os.path.exists(path):
            # SQLite would make an empty file, and the directory would look like an empty one.
            raise base.Database.OperationalError("the database file does not exist")
        connection = super().get_new_connection(conn_params)
        self.opened_file = file_at(path)
        return connection

    def is_usable(self):
        """A worker keeps its file open; a file that was put in its place would never be read."""
        return not self.errors_occurred and self.opened_file == file_at(self.settings_dict["NAME"])


def file_at(path):
    """What tells two files at one address apart; None when there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
