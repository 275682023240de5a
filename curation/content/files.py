"""Reads the content files and knows the line of everything in them."""

import re
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

import yaml

DATE = "tag:yaml.org,2002:timestamp"
UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass
class ContentError(Exception):
    """A file that cannot be loaded, said so that a curator finds the place."""

    path: Path
    line: int
    field: str
    message: str

    def __str__(self):
        return f"{self.path}, line {self.line}, {self.field}: {self.message.rstrip('.')}"


class Block(dict):
    """A YAML mapping that remembers its file and the line of each key."""

    path: Path
    line: int
    lines: dict

    def error(self, field, message):
        return ContentError(self.path, self.line_of(field), field, message)

    def line_of(self, field):
        """`terms.aim` is the field `aim` of the block `terms`."""
        first, _, rest = field.partition(".")
        inner = self.get(first)
        if rest and isinstance(inner, Block):
            return inner.line_of(rest)
        return self.lines.get(first, self.line)

    def refuse_others(self, known: Container[str]):
        for field in self:
            if field not in known:
                raise self.error(field, "this field does not exist")


def read(path: Path) -> list[Block]:
    """The records of one file: a list of mappings, or a single mapping."""
    try:
        return read_with(QuickReader, path)
    except ContentError:
        return read_with(ExactReader, path)


def read_with(reader, path):
    try:
        return records(reader(path))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ContentError(path, mark.line + 1 if mark else 1, "YAML", str(error.problem)) from None
    except yaml.YAMLError as error:
        raise ContentError(path, 1, "YAML", str(error).splitlines()[0]) from None
    except UnicodeDecodeError:
        raise ContentError(path, 1, "YAML", "the file is not UTF-8 text") from None
    except OSError as error:
        raise ContentError(path, 1, "file", f"cannot be read ({error.strerror})") from None
    except RecursionError:
        raise ContentError(path, 1, "YAML", "the file is nested too deep") from None


def records(reader):
    root = reader.get_single_node()
    nodes = root.value if isinstance(root, yaml.SequenceNode) else [root]
    for node in nodes:
        if not isinstance(node, yaml.MappingNode):
            line = node.start_mark.line + 1 if node else 1
            raise ContentError(reader.path, line, "YAML", "a record is a mapping of fields")
    return [reader.construct_document(node) for node in nodes]


def read_all(folder: Path, pattern: str) -> list[Block]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise ContentError(folder / pattern, 1, "file", "there is no such file")
    return [record for path in paths for record in read(path)]


class Reader:
    """Builds plain values only: blocks, lists, texts, numbers, yes or no. A date stays a text."""

    def __init__(self, path):
        super().__init__(path.read_text(encoding="utf-8"))
        self.path = path

    def build_block(self, node):
        block = Block()
        block.path, block.line, block.lines = self.path, node.start_mark.line + 1, {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise ContentError(self.path, line, str(key), "the name of a field is a plain word")
            if key in block:
                raise ContentError(self.path, line, key, "stands there twice")
            block.lines[key] = line
            block[key] = self.construct_object(value_node, deep=True)
        return block

    def build_text(self, node):
        if UNSTORABLE.search(node.value):
            line = node.start_mark.line + 1
            raise ContentError(self.path, line, "YAML", "a text holds an invisible character")
        return node.value


def without_dates(loader):
    resolvers = loader.yaml_implicit_resolvers
    return {
        first: [(tag, pattern) for tag, pattern in pairs if tag != DATE]
        for first, pairs in resolvers.items()
    }


class ExactReader(Reader, yaml.SafeLoader):
    """Tells best what is wrong with a file."""

    yaml_implicit_resolvers = without_dates(yaml.SafeLoader)


class QuickReader(Reader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    yaml_implicit_resolvers = without_dates(yaml.SafeLoader)


for reader in (ExactReader, QuickReader):
    reader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, Reader.build_block)
    reader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_SCALAR_TAG, Reader.build_text)
