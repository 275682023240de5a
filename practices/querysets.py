from django.db.models import Case, F, Max, Q, Value, When

from network.publishing import PublishableQuerySet
from places import gazetteer


class PracticeQuerySet(PublishableQuerySet):
    def covering(self, codes):
        """Practices that serve one of the places, a part of it, or a larger place around it."""
        serving = set().union(*map(gazetteer.related, codes))
        covered = self.model.coverage.through.objects.filter(place__code__in=serving)
        return self.filter(pk__in=covered.values("practice_id"))

    def coverage_unstated(self):
        return self.filter(coverage=None)

    def with_term(self, taxonomy, codes):
        """Practices with any of the terms; one row each."""
        chosen = self.model.terms.through.objects.filter(
            taxonomyterm__taxonomy__code=taxonomy, taxonomyterm__code__in=codes
        )
        return self.filter(pk__in=chosen.values("practice_id"))

    def in_language(self, codes):
        """Practices that give help in any of the languages."""
        chosen = self.model.help_languages.through.objects.filter(language__code__in=codes)
        return self.filter(pk__in=chosen.values("practice_id"))

    def by_title(self, language):
        """Alphabetical in the language readers see, whichever text it falls back to."""
        return self.order_by(f"sort_name_{language}", "code")

    def by_usefulness(self):
        """Known before title only, working before ended, verified before not, then code."""
        status = Case(
            When(operating_status="active", then=Value(0)),
            When(operating_status__in=["ended", "renamed"], then=Value(2)),
            default=Value(1),
        )
        return self.order_by(
            "is_title_only", status, F("verified_on").desc(nulls_last=True), "code"
        )

    def by_verification(self):
        return self.order_by(F("verified_on").desc(nulls_last=True), "code")

    def with_any_slug(self, slug):
        """The practice whose slug it is in any language."""
        return self.filter(Q(slug_nl=slug) | Q(slug_fr=slug) | Q(slug_en=slug))

    def with_card_relations(self):
        return (
            self.select_related("lead_actor")
            .prefetch_related(
                "terms__taxonomy", "coverage", "contacts__source", "contacts__municipality"
            )
            .annotate(latest_source_year=Max("citations__source__year"))
        )

    def with_page_relations(self):
        return self.with_card_relations().prefetch_related(
            "seats", "help_languages", "partners", "citations__source"
        )

    def refresh_search(self):
        for practice in self.select_related("lead_actor").prefetch_related(
            "terms", "coverage", "seats"
        ):
            practice.refresh_search()
