from django.db import migrations

from search.analysis import LANGUAGES

# PostgreSQL only. Title, labels and places of a document apart from its body, and a function for
# each that asks the indexes: the planner does not know what reading every row of tokens costs.
COLUMNS = ", ".join(
    f"ADD COLUMN strong_{language} tsvector "
    f"GENERATED ALWAYS AS (ts_filter({language}, '{{a,b,c}}')) STORED"
    for language in LANGUAGES
)
ADD = [
    f"ALTER TABLE search_tokens {COLUMNS}",
    *(
        f"CREATE INDEX search_tokens_strong_{language} "
        f"ON search_tokens USING gin (strong_{language})"
        for language in LANGUAGES
    ),
]
DROP = [
    "DROP FUNCTION search_holders(tsquery, tsquery, tsquery)",
    "DROP FUNCTION search_strong_holders(tsquery, tsquery, tsquery)",
    *(f"ALTER TABLE search_tokens DROP COLUMN strong_{language}" for language in LANGUAGES),
]


def function(name, prefix):
    matches = " OR ".join(
        f"{prefix}{language} @@ ${number}" for number, language in enumerate(LANGUAGES, start=1)
    )
    return (
        f"CREATE FUNCTION {name}(tsquery, tsquery, tsquery) RETURNS SETOF bigint "
        "LANGUAGE sql STABLE SET enable_seqscan = off AS "
        f"'SELECT document_id FROM search_tokens WHERE {matches}'"
    )


def run(statements):
    def migrate(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement)

    return migrate


ADD += [function("search_holders", ""), function("search_strong_holders", "strong_")]


class Migration(migrations.Migration):
    dependencies = [("search", "0002_token_table")]

    operations = [migrations.RunPython(run(ADD), run(DROP))]
