from django.core.management.base import BaseCommand
from django.db import transaction

from network.models import Actor, Offer
from practices.models import Practice
from search import index
from search.models import Document
from trainings.models import Training


class Command(BaseCommand):
    help = "Write the search index anew, from every record that has a place in it."

    @transaction.atomic
    def handle(self, *args, **options):
        index.remove_all()
        for model in (Practice, Actor, Offer, Training):
            for record in model.objects.all():
                record.refresh_search()
        self.stdout.write(f"search: {Document.objects.count()} records")
