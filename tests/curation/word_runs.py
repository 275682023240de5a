"""Fingerprints of every nine words in a row of the source documents.

They prove that no sentence was copied, without the documents themselves. To write them again:
python -m tests.curation.word_runs DOCUMENT…
"""

import re
import sys
import unicodedata
from hashlib import blake2b
from pathlib import Path

LENGTH = 9
DIGEST_SIZE = 6
FILE = Path(__file__).parents[2] / "fixtures" / "source_word_runs.bin"


def words(text: str) -> list[str]:
    """Words without case, accents or punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.findall(r"[a-z0-9]+", plain)


def runs(text: str) -> list[str]:
    found = words(text)
    return [" ".join(found[at : at + LENGTH]) for at in range(len(found) - LENGTH + 1)]


def fingerprint(run: str) -> bytes:
    return blake2b(run.encode(), digest_size=DIGEST_SIZE).digest()


def fingerprints(text: str) -> set[bytes]:
    return {fingerprint(run) for run in runs(text)}


def stored_fingerprints() -> set[bytes]:
    content = FILE.read_bytes()
    return {content[at : at + DIGEST_SIZE] for at in range(0, len(content), DIGEST_SIZE)}


def main(documents):
    found = set().union(*(fingerprints(Path(name).read_text("utf-8")) for name in documents))
    FILE.write_bytes(b"".join(sorted(found)))
    print(f"{FILE}: {len(found)} runs of {LENGTH} words")


if __name__ == "__main__":
    main(sys.argv[1:])
