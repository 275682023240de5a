"""What is done to a term or to the order of terms: each wholly or not at all, history kept."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from curation.taxonomy import synonyms
from network.history import because, one_record
from practices.models import FormerTerm, Practice, SituationRule, ThemeRule


def carriers(term):
    """What carries the term: practices of every status, rules of the finder and of the themes."""
    practices = Practice.objects.filter(terms=term).order_by("code")
    rules = SituationRule.objects.filter(terms=term)
    return practices, rules, ThemeRule.objects.filter(terms=term)


def told(term, into=None):
    return {"loser": f"{term.taxonomy.code}.{term.code}", "winner": into.code if into else ""}


@transaction.atomic
def merge(term, into):
    """What carried `term` carries `into`; addresses and words that meant it mean `into`."""
    with because(_("merged: %(loser)s into %(winner)s") % told(term, into)):
        replace(term, into)
        into.sources.add(*term.sources.all())
        synonyms.lead_on(term, into)
        term.former_codes.update(term=into)
        FormerTerm.objects.update_or_create(
            taxonomy=term.taxonomy, code=term.code, defaults={"term": into}
        )
        term.delete()


@transaction.atomic
def retire(term):
    """Nothing carries it any more, nothing offers it; it stays for the history of records."""
    with because(_("retired: %(loser)s") % told(term)):
        replace(term, None)
        term.is_retired = True
        term.save()


@transaction.atomic
def bring_back(term):
    with because(_("in use again: %(loser)s") % told(term)):
        term.is_retired = False
        term.save()


def replace(term, into):
    for record in [record for records in carriers(term) for record in records]:
        with one_record(record):
            record.terms.remove(term)
            record.terms.add(*([into] if into else []))
            record.save()


@transaction.atomic
def put_in_order(rows):
    """Taxonomies, or terms of one taxonomy, from the first to the last."""
    with because(gettext_noop("order")):
        for number, row in enumerate(rows, start=1):
            if row.order != number:
                row.order = number
                row.save(update_fields=["order"])
