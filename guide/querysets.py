from network.publishing import PublishableQuerySet


class HelpLineQuerySet(PublishableQuerySet):
    def for_families(self):
        return self.published().filter(audience="families")

    def with_page_relations(self):
        return self.prefetch_related("languages", "needs", "sources")
