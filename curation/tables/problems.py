"""What is wrong with a table, told with its row and column."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_TOLD = 200


@dataclass(frozen=True)
class Problem:
    """`row` counts as a spreadsheet does, the headings being 1; 0 means the file as a whole."""

    message: str
    row: int = 0
    column: str = ""

    def __str__(self):
        if not self.row:
            return self.message
        where = {"row": self.row, "column": self.column, "message": self.message}
        if not self.column:
            return _("Row %(row)s: %(message)s") % where
        return _("Row %(row)s, column %(column)s: %(message)s") % where


class TableError(Exception):
    """The table is refused as a whole, and nothing of it was written."""

    def __init__(self, problems):
        super().__init__(problems)
        self.problems = sorted(problems, key=lambda problem: problem.row)

    @classmethod
    def about(cls, message, row=0, column=""):
        return cls([Problem(message, row, column)])

    @property
    def told(self):
        return self.problems[:MOST_TOLD]

    @property
    def untold(self):
        return len(self.problems) - len(self.told)
