"""Makes a backup that was read back, and puts one in the place of the database."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from curation.backups import BackupError, archive
from curation.backups.contents import Contents
from curation.backups.postgresql import Postgres
from curation.backups.sqlite import Sqlite

NOT_FOR_LIBPQ = {"context", "cursor_factory", "prepare_threshold"}


@dataclass
class Done:
    path: Path | None
    contents: Contents


def configured_database():
    if connection.vendor == "sqlite":
        return Sqlite(settings.DATABASES["default"]["NAME"])
    stated = connection.get_connection_params().items()
    return Postgres(**{name: value for name, value in stated if name not in NOT_FOR_LIBPQ})


def backup(database, folder: Path, prefix=archive.PREFIX) -> Done:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as scratch:
            dump = Path(scratch) / database.dump_name
            contents = database.dump_to(dump)
            if not contents.tables:
                raise BackupError("The database is empty: there is nothing to keep.")
            path = archive.free_path(folder, prefix)
            archive.write(path, dump, archive.manifest_of(database, dump, contents))
    except OSError as error:
        raise BackupError(f"No backup was made in {folder}: {error.strerror}.") from error
    try:
        verify(database, path)
    except BackupError:
        path.unlink()
        raise
    return Done(path, contents)


def verify(database, path):
    with archive.opened(path, database) as (manifest, dump):
        return checked(database, manifest, dump)


def checked(database, manifest, dump) -> Contents:
    """What the copy holds, when that is what its manifest says."""
    stated = Contents(manifest["tables"], manifest["migrations"])
    different = database.contents_of_dump(dump).differences(stated)
    if different:
        raise BackupError(f"The copy differs from its manifest in: {', '.join(different)}.")
    return stated


def restore(database, path: Path, folder: Path, *, force=False) -> Done:
    """Returns what is there now, and where what was there before is kept."""
    with archive.opened(path, database) as (manifest, dump):
        refuse_newer(manifest)
        contents = checked(database, manifest, dump)
        kept = make_room(database, folder, force)
        database.replace_with(dump, contents)
    return Done(kept, contents)


def refuse_newer(manifest):
    unknown = sorted(set(manifest["migrations"]) - known_migrations())
    if unknown:
        raise BackupError(
            f"This backup was made by another release: it has had the migration {unknown[0]}, "
            "which this release does not know."
        )


def is_of_older_release(contents: Contents):
    return bool(known_migrations() - set(contents.migrations))


def known_migrations():
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def make_room(database, folder, force):
    """Keeps what is there, when that is allowed; returns where, or None when there was nothing."""
    try:
        is_filled = database.contents().holds_records
    except BackupError as error:
        if not force:
            raise BackupError(f"{error} FORCE=1 puts it aside and restores.") from error
        return database.put_aside(timezone.localtime().strftime("%Y-%m-%d-%H%M%S"))
    if not is_filled:
        return None
    if not force:
        raise BackupError(
            "The database holds records: nothing was changed. With FORCE=1 they are first kept "
            "in a backup and then replaced."
        )
    return backup(database, folder, prefix="before-restore-").path
