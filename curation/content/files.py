"""Reads the content files and knows the line of everything in them."""

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass
class ContentError(Exception):
    """A file that cannot be loaded, said so that a curator finds the place."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self):
        return f"{self.path}, line {self.line}, {self.field}: {self.message}"


class Block(dict):
    """A YAML mapping that remembers its file and the line of each key."""

    path: Path
    line: int
    lines: dict

    def error(self, field, message):
        return ContentError(self.path, self.lines.get(field, self.line), field, message)


def read(path: Path) -> list[Block]:
    """The records of one file: a list of mappings, or a single mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader_for(path))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ContentError(path, mark.line + 1 if mark else 1, "YAML", str(error.problem)) from None
    except UnicodeDecodeError:
        raise ContentError(path, 1, "YAML", "the file is not UTF-8 text") from None
    records = content if isinstance(content, list) else [content]
    for record in records:
        if not isinstance(record, Block):
            raise ContentError(path, 1, "YAML", "a record is a mapping of fields")
    return records


def read_all(folder: Path, pattern: str) -> list[Block]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise ContentError(folder / pattern, 1, "file", "there is no such file")
    return [record for path in paths for record in read(path)]


def loader_for(path):
    """A safe loader (it builds plain values only) whose mappings are blocks."""
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_constructor(
        yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG,
        lambda reader, node: build_block(reader, node, path),
    )
    return loader


def build_block(reader, node, path):
    block = Block()
    block.path, block.line, block.lines = path, node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = reader.construct_object(key_node)
        block.lines.setdefault(key, key_node.start_mark.line + 1)
        if key in block:
            raise ContentError(path, key_node.start_mark.line + 1, str(key), "stands there twice")
        block[key] = reader.construct_object(value_node, deep=True)
    return block
