from django.db.models import Prefetch

from network.publishing import PublishableQuerySet
from trainings.models import Training


class HelpLineQuerySet(PublishableQuerySet):
    def for_families(self):
        return self.published().filter(audience="families")

    def with_page_relations(self):
        return self.prefetch_related("languages", "needs", "sources")


class PublicationQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        return self.prefetch_related("languages", "publishers", "sources")


class EventQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        return self.select_related("place").prefetch_related("sources")


class RecommendationQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        given = Prefetch("trainings", Training.objects.published(), to_attr="public_trainings")
        related = self.prefetch_related("themes", "terms__taxonomy", "sources", given)
        return related.select_related("part")


class GlossaryTermQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        return self.prefetch_related("related", "sources")
