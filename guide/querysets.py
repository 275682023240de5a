from network.publishing import PublishableQuerySet


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
        return self.select_related("part").prefetch_related("themes", "terms__taxonomy", "sources")


class GlossaryTermQuerySet(PublishableQuerySet):
    def with_page_relations(self):
        return self.prefetch_related("related", "sources")
