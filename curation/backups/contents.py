"""What a database holds, in numbers that can be compared: rows and a hash per table."""

from dataclasses import dataclass, field
from hashlib import sha256

# What `migrate` fills by itself: a database with nothing else holds no record.
FILLED_BY_MIGRATE = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    "search_dataversion",
}
INDEX_TABLES = "search_tokens"  # and the tables that SQLite keeps for it


@dataclass
class Table:
    """Rows of a table; their hashes are added up, so their order does not count."""

    rows: int = 0
    total: int = 0

    def add(self, row: bytes):
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(row).digest(), "big")) % 2**256

    def as_json(self):
        return {"rows": self.rows, "hash": f"{self.total:064x}"}


@dataclass
class Contents:
    tables: dict[str, dict] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)

    @property
    def rows(self):
        return sum(table["rows"] for table in self.tables.values())

    @property
    def holds_records(self):
        return any(
            table["rows"]
            for name, table in self.tables.items()
            if name not in FILLED_BY_MIGRATE and not name.startswith(INDEX_TABLES)
        )

    def differences(self, other):
        """The names of the tables that do not hold the same."""
        names = self.tables.keys() | other.tables.keys()
        return sorted(name for name in names if self.tables.get(name) != other.tables.get(name))
