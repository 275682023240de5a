"""A short name for the code, texts and styles that are running: part of every ETag."""

import hashlib

FOLDERS = (
    "care", "curation", "familysupport", "guide", "locale", "network", "places", "practices",
    "search", "templates", "trainings", "wording",
)  # fmt: skip
SUFFIXES = {".py", ".html", ".po", ".css", ".js", ".svg", ".yaml"}


def release_of(base_dir, settings_shown=()) -> str:
    digest = hashlib.sha256("|".join(settings_shown).encode())
    for folder in FOLDERS:
        for path in sorted((base_dir / folder).rglob("*.*")):
            if path.suffix in SUFFIXES:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
