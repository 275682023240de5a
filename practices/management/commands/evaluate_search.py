from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from practices import evaluation

QUERIES = settings.BASE_DIR / "tests" / "data" / "search_dev_queries.json"
HEAD = f"{'':14}{'queries':>8}{'nDCG@10':>9}{'recall@5':>10}{'MRR':>7}{'empty':>7}{'nothing':>9}"


class Command(BaseCommand):
    help = "Run judged queries through the list and print how good it is."

    def add_arguments(self, parser):
        parser.add_argument("--queries", type=Path, default=QUERIES)
        parser.add_argument("--explain", metavar="ID", help="tokens, matches, scores of one query")
        parser.add_argument("--each", action="store_true", help="one line a query")

    def handle(self, *args, queries, explain, each, **options):
        if not queries.exists():
            raise CommandError(f"There is no file {queries}.")
        judged = evaluation.read_queries(queries)
        if explain:
            return self.explain(judged, explain)
        measured = [evaluation.measure(query) for query in judged]
        if each:
            self.print_each(measured)
        self.stdout.write(f"{connection.vendor}\n{HEAD}")
        for group, number, *figures in evaluation.table(measured):
            self.stdout.write(f"{group:14}{number:8}" + self.row(*figures))
        return None

    @staticmethod
    def row(ndcg, recall, rank, empty, nothing):
        def shown(value, width):
            return f"{'–' if value is None else format(value, '.3f'):>{width}}"

        return f"{shown(ndcg, 9)}{shown(recall, 10)}{shown(rank, 7)}{empty:7}{shown(nothing, 9)}"

    def print_each(self, measured):
        for one in measured:
            figure = one.is_right_nothing if one.ndcg is None else f"{one.ndcg:.2f}"
            query = one.query
            self.stdout.write(
                f"{query.id} {query.kind:14} {figure!s:5} {query.text[:60]!r} {query.place}\n"
                f"    got {' '.join(one.codes[:10])}\n    for {query.relevant}"
            )

    def explain(self, judged, wanted):
        query = next((query for query in judged if query.id == wanted), None)
        if query is None:
            raise CommandError(f"There is no query {wanted}.")
        results = evaluation.run(query)
        self.stdout.write(f"{query.text!r} in {query.language}, place {query.place!r}")
        for asked in results.answer.question.asked:
            told = {language: dict(found) for language, found in asked.alternatives.items()}
            self.stdout.write(f"  {asked.word}: known {asked.is_known}, {told}")
        self.stdout.write(f"  corrections {results.answer.question.corrections}")
        self.stdout.write(f"  fits {results.answer.fits}, place {results.places}")
        for hit in results.answer.hits[:10]:
            grade = query.relevant.get(hit.key, 0)
            found = {language: sorted(stems) for language, stems in hit.found.items()}
            self.stdout.write(f"  {hit.key} {hit.score:8.3f} grade {grade} {found}")
