"""One file per backup: a zip with the copy of the database and a manifest of what it holds."""

import hashlib
import json
import os
import zipfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone

from curation.backups import BackupError
from curation.backups.contents import Contents

FORMAT = 1
MANIFEST = "manifest.json"
PREFIX = "family-support-"


def manifest_of(database, dump: Path, contents: Contents):
    return {
        "format": FORMAT,
        "made": timezone.localtime().isoformat(timespec="seconds"),
        "release": settings.RELEASE,
        "database": database.vendor,
        "sha256": sha256_of(dump),
        **asdict(contents),
    }


def sha256_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def free_path(folder, prefix):
    """Named after the moment; a second one in the same second gets a number."""
    moment = timezone.localtime().strftime("%Y-%m-%d-%H%M%S")
    names = [f"{prefix}{moment}.zip", *(f"{prefix}{moment}-{n}.zip" for n in range(2, 100))]
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def write(path, dump: Path, manifest):
    """The whole file under its name, readable by its owner only, or no file."""
    part = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
                archive.write(dump, dump.name)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


@contextmanager
def opened(path: Path, database):
    """Manifest and copy of a backup; refuses whatever is not a whole backup of this database."""
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                manifest = read_manifest(archive, database)
                dump = Path(archive.extract(database.dump_name, folder))
        except FileNotFoundError:
            raise BackupError(f"There is no file {path}.") from None
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise BackupError(f"{path} is not a backup, or not a whole one.") from None
        except KeyError:
            raise BackupError(f"{path} is not a backup of this directory.") from None
        except OSError as error:
            raise BackupError(f"{path} cannot be read: {error.strerror}.") from None
        if sha256_of(dump) != manifest["sha256"]:
            raise BackupError(f"{path} is damaged.")
        yield manifest, dump


def read_manifest(archive, database):
    try:
        manifest = json.loads(archive.read(MANIFEST))
        made_by, vendor = manifest["format"], manifest["database"]
        Contents(manifest["tables"], manifest["migrations"]).rows  # noqa: B018
    except (ValueError, TypeError, AttributeError):
        raise BackupError("The manifest of this file cannot be read.") from None
    if made_by != FORMAT:
        raise BackupError(f"This backup has format {made_by}, this release reads {FORMAT}.")
    if vendor != database.vendor:
        raise BackupError(f"This is a backup of {vendor}, the database here is {database.vendor}.")
    return manifest


def keep_newest(folder, number):
    """Removes older backups; those made before a restore stay."""
    old = sorted(folder.glob(f"{PREFIX}*.zip"), key=lambda path: path.stat().st_mtime)[:-number]
    for path in old:
        path.unlink()
    return len(old)
