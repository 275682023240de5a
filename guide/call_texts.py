"""The texts of the page "Whom can I call" in further languages, from their content files."""

import hashlib
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "whom_to_call"


@cache
def call_text(language):
    return yaml.safe_load(source(language))


def fingerprint(language):
    """Changes with every change of the text, so that a reading is bound to what was read."""
    return hashlib.sha256(source(language)).hexdigest()[:32]


@cache
def source(language):
    return (FOLDER / f"{language}.yaml").read_bytes()
