"""The full-text table beside the documents: FTS5 on SQLite, tsvectors on PostgreSQL."""

from uuid import uuid4

from django.db import migrations

LANGUAGES = ("nl", "fr", "en")
COLUMNS = [f"{part}_{language}" for language in LANGUAGES for part in ("title", "label", "place", "body")]

SQLITE = [
    f"CREATE VIRTUAL TABLE search_tokens USING fts5({', '.join(COLUMNS)}, "
    "tokenize = 'unicode61 remove_diacritics 0')"
]
POSTGRES = [
    "CREATE TABLE search_tokens (document_id bigint PRIMARY KEY "
    "REFERENCES search_document (id) ON DELETE CASCADE, "
    + ", ".join(f"{language} tsvector NOT NULL" for language in LANGUAGES)
    + ")",
    *(
        f"CREATE INDEX search_tokens_{language} ON search_tokens USING gin ({language})"
        for language in LANGUAGES
    ),
]


def create(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_tokens")


def first_version(apps, schema_editor):
    apps.get_model("search", "DataVersion").objects.create(pk=1, token=uuid4().hex)


def no_version(apps, schema_editor):
    apps.get_model("search", "DataVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.RunPython(first_version, no_version),
    ]
