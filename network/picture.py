"""Drawings of who works with whom, as plain shapes; the table beside each is its equal."""

from dataclasses import dataclass

NAME_LINE = 26  # letters that fit in a box
BOX_WIDTH, BOX_HEIGHT = 232, 50
ROW, GAP = 62, 88
HEAD = 56
BRANCH_WIDTH, INDENT = 288, 28
MOST_BRANCHES = 12


@dataclass(frozen=True)
class Box:
    name: str
    address: str
    x: int
    y: int
    width: int = BOX_WIDTH
    note: str = ""

    @property
    def lines(self):
        """Each with its height within the box."""
        found = [shortened(self.name), shortened(self.note)] if self.note else wrapped(self.name)
        return list(zip((30,) if len(found) == 1 else (21, 40), found, strict=True))

    @property
    def is_cut(self):
        return any(text.endswith("…") for _height, text in self.lines)

    @property
    def middle(self):
        return self.y + BOX_HEIGHT // 2


@dataclass(frozen=True)
class Drawing:
    boxes: list
    lines: list  # (path, whether it is doubtful)
    width: int
    height: int
    heads: tuple = ()  # (x, text) above the columns
    left_out: int = 0

    @property
    def has_doubts(self):
        return any(is_doubtful for _path, is_doubtful in self.lines)


def tree(root, branches):
    """One record above all it is tied to; `branches` are (name, note, whether it is doubtful)."""
    shown = branches[:MOST_BRANCHES]
    trunk = Box(root, "", 2, 2, BRANCH_WIDTH - 4)
    boxes = [
        Box(name, "", INDENT, 2 + ROW * row, BRANCH_WIDTH - INDENT - 2, note)
        for row, (name, note, _doubtful) in enumerate(shown, start=1)
    ]
    lines = [
        (f"M14 {2 + BOX_HEIGHT}V{box.middle}H{INDENT}", is_doubtful)
        for box, (_name, _note, is_doubtful) in zip(boxes, shown, strict=True)
    ]
    height = 4 + BOX_HEIGHT + ROW * len(shown)
    left_out = len(branches) - len(shown)
    return Drawing([trunk, *boxes], lines, BRANCH_WIDTH, height, left_out=left_out)


def columns(groups, pairs, doubtful=()):
    """`groups` are (heading, [(code, name, address)]); a line for each pair of codes."""
    boxes, heads = {}, []
    for column, (heading, members) in enumerate(groups):
        x = 2 + column * (BOX_WIDTH + GAP)
        heads.append((x, heading))
        for row, (code, name, address) in enumerate(members):
            boxes[code] = Box(name, address, x, HEAD + row * ROW)
    known = [pair for pair in pairs if boxes.keys() >= set(pair)]
    longest = max((len(members) for _heading, members in groups), default=0)
    return Drawing(
        list(boxes.values()),
        [(line(boxes[one], boxes[other]), (one, other) in doubtful) for one, other in known],
        len(groups) * (BOX_WIDTH + GAP),
        HEAD + longest * ROW,
        tuple(heads),
    )


def line(one, other):
    left, right = sorted((one, other), key=lambda box: (box.x, box.y))
    start = left.x + left.width
    if left.x == right.x:
        return f"M{start} {left.middle}q{GAP // 2} {(right.middle - left.middle) // 2} 0 " + (
            f"{right.middle - left.middle}"
        )
    return f"M{start} {left.middle}L{right.x} {right.middle}"


def wrapped(text):
    """On two lines at most."""
    first, rest = "", text.split()
    while rest and len(f"{first} {rest[0]}".strip()) <= NAME_LINE:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        return [shortened(text)]
    return [first, shortened(" ".join(rest))] if rest else [first]


def shortened(text):
    return text if len(text) <= NAME_LINE else f"{text[: NAME_LINE - 1].rstrip()}…"
