from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from search import index
from search.models import Document


class Command(BaseCommand):
    help = "Write the search index anew, from every record that has a place in it."

    @transaction.atomic
    def handle(self, *args, **options):
        index.remove_all()
        for model in searched():
            for record in model.objects.all():
                record.refresh_search()
        self.stdout.write(f"search: {Document.objects.count()} records")


def searched():
    """The models whose records have a place in the search."""
    return [model for model in apps.get_models() if hasattr(model, "refresh_search")]
