from datetime import timedelta

from django.db.models import Case, F, Max, Q, QuerySet, Value, When
from django.utils import timezone

from network.publishing import EditorialStatus, PublishableQuerySet
from practices.verification import LOWER_AFTER, TASK_AFTER, TOLD_AFTER, is_past
from search.version import VisibleQuerySet

TITLE_ONLY = 10  # added to how useful a practice is


class SituationRuleQuerySet(QuerySet):
    def for_situation(self, code):
        """The rule of a situation; that of "something else" when none was told or none is there."""
        found = {rule.code: rule for rule in self.filter(code__in=[code or "other", "other"])}
        return found.get(code) or found.get("other")


class ThemeRuleQuerySet(VisibleQuerySet):
    def with_terms(self):
        return self.prefetch_related("terms__taxonomy")


class TaxonomyTermQuerySet(VisibleQuerySet):
    def in_use(self):
        return self.filter(is_retired=False)

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
        """Known before title only, working before ended, verified before not, then code.

        Long overdue counts as not verified.
        """
        status = Case(
            When(operating_status="active", then=Value(0)),
            When(operating_status__in=["ended", "renamed"], then=Value(2)),
            default=Value(1),
        )
        title_only = Case(When(is_title_only=True, then=Value(TITLE_ONLY)), default=Value(0))
        return (
            self.with_standing_verification()
            .annotate(
                usefulness=title_only + status,
                is_verified_first=Case(
                    When(verification_stands=None, then=Value(1)), default=Value(0)
                ),
            )
            .order_by("usefulness", F("verification_stands").desc(nulls_last=True), "code")
        )

    def by_verification(self):
        standing = self.with_standing_verification()
        return standing.order_by(F("verification_stands").desc(nulls_last=True), "code")

    def with_standing_verification(self):
        """`verification_stands`: the day it was verified, while that still raises it in lists."""
        lapsed = is_verification_past(timezone.localdate() - LOWER_AFTER)
        return self.annotate(
            verification_stands=Case(When(lapsed, then=Value(None)), default=F("verified_on"))
        )

    def verification_due(self, today, since=timedelta(0)):
        """To be checked as a whole, for so long at least; never one that nobody ever checked."""
        return self.filter(is_verification_past(today - since))

    def contacts_due(self, today):
        past = is_past("contacts_verified_on", "contact_verification_months", today)
        return self.filter(past)

    def anything_due(self, today):
        return self.verification_due(today) | self.contacts_due(today)

    def verification_overdue(self, today):
        """Readers are told how long ago it was verified."""
        return self.verification_due(today, TOLD_AFTER)

    def verification_lapsed(self, today):
        """Stands among the unverified."""
        return self.verification_due(today, LOWER_AFTER)

    def verification_for_curator(self, today):
        """Nobody answered for so long that a curator has to check it."""
        return self.verification_due(today, TASK_AFTER)

    def carrying(self, terms):
        """Those with one of the terms of each taxonomy; none when there are no terms."""
        by_taxonomy = {}
        for term in terms:
            by_taxonomy.setdefault(term.taxonomy_id, []).append(term.pk)
        if not by_taxonomy:
            return self.none()
        found = self
        for keys in by_taxonomy.values():
            found = found.filter(pk__in=self.model.objects.filter(terms__in=keys).values("pk"))
        return found

    def with_any_slug(self, slug):
        """The practice whose slug it is in any language."""
        return self.filter(Q(slug_nl=slug) | Q(slug_fr=slug) | Q(slug_en=slug))

    def once_published(self):
        """Archived, and readers have seen them: their addresses go on answering."""
        return self.filter(
            editorial_status=EditorialStatus.ARCHIVED, published_at__isnull=False
        ).select_related("successor")

    def with_address(self):
        """Those whose address answers: readers see them, or saw them."""
        return self.published() | self.filter(
            editorial_status=EditorialStatus.ARCHIVED, published_at__isnull=False
        )

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


def is_verification_past(day):
    return is_past("verified_on", "verification_months", day)


class FormerAddressQuerySet(VisibleQuerySet):
    def practice_of_slug(self, slug, published):
        """The published practice an old slug leads to, in whichever language it was."""
        return self.led_to(published, text=slug, language__gt="")

    def practice_of_code(self, code, published):
        return self.led_to(published, text=code, language="")

    def led_to(self, published, **address):
        return published.filter(pk__in=self.filter(**address).values("practice")).first()
