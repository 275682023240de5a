from django.db.models import Case, F, Max, Q, QuerySet, Value, When

from network.publishing import PublishableQuerySet

TITLE_ONLY = 10  # added to how useful a practice is


class SituationRuleQuerySet(QuerySet):
    def for_situation(self, code):
        """The rule of a situation; that of "something else" when none was told or none is there."""
        found = {rule.code: rule for rule in self.filter(code__in=[code or "other", "other"])}
        return found.get(code) or found.get("other")


class TaxonomyTermQuerySet(QuerySet):
    def codes_by_taxonomy(self):
        """Taxonomy → codes of these terms."""
        found = {}
        for taxonomy, code in self.values_list("taxonomy__code", "code"):
            found.setdefault(taxonomy, set()).add(code)
        return found


class DeadEndQuerySet(QuerySet):
    def add_one(self, **group):
        """Count one more, also when two workers count the first of a group at once."""
        row, _ = self.get_or_create(**group)
        self.filter(pk=row.pk).update(number=F("number") + 1)

    def shown(self):
        """The groups that are large enough to point at nobody."""
        return self.filter(number__gte=self.model.LEAST_SHOWN)

    def before(self, month):
        return self.filter(month__lt=month)


class DeadEndHourQuerySet(QuerySet):
    def take(self, hour, most) -> bool:
        """Whether one more fits in the hour; if so, it is counted."""
        self.get_or_create(hour=hour)
        return bool(self.filter(hour=hour, number__lt=most).update(number=F("number") + 1))

    def before(self, hour):
        return self.filter(hour__lt=hour)


class PracticeQuerySet(PublishableQuerySet):
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
        title_only = Case(When(is_title_only=True, then=Value(TITLE_ONLY)), default=Value(0))
        return self.annotate(
            usefulness=title_only + status,
            is_verified_first=Case(When(verified_on=None, then=Value(1)), default=Value(0)),
        ).order_by("usefulness", F("verified_on").desc(nulls_last=True), "code")

    def by_verification(self):
        return self.order_by(F("verified_on").desc(nulls_last=True), "code")

    def with_any_slug(self, slug):
        """The practice whose slug it is in any language."""
        return self.filter(Q(slug_nl=slug) | Q(slug_fr=slug) | Q(slug_en=slug))

    def with_card_relations(self):
        return (
            self.select_related("lead_actor")
            .prefetch_related(
                "terms__taxonomy",
                "coverage",
                "help_languages",
                "contacts__source",
                "contacts__municipality",
            )
            .annotate(latest_source_year=Max("citations__source__year"))
        )

    def with_page_relations(self):
        return self.with_card_relations().prefetch_related("seats", "partners", "citations__source")

    def refresh_search(self):
        for practice in self.select_related("lead_actor").prefetch_related(
            "terms", "coverage", "seats"
        ):
            practice.refresh_search()


class FormerAddressQuerySet(QuerySet):
    def practice_of_slug(self, slug, published):
        """The published practice an old slug leads to, in whichever language it was."""
        return self.led_to(published, text=slug, language__gt="")

    def practice_of_code(self, code, published):
        return self.led_to(published, text=code, language="")

    def led_to(self, published, **address):
        return published.filter(pk__in=self.filter(**address).values("practice")).first()
