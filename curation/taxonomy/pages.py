"""The pages on which terms are merged, retired and put in order."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from curation.taxonomy import acts, synonyms
from curation.taxonomy.forms import MergeForm, OrderForm
from practices.models import Taxonomy, TaxonomyTerm


def may_look_after(user):
    """Who publishes answers for what the whole directory is sorted by."""
    return user.has_perms(["practices.publish_practice", "practices.change_taxonomyterm"])


def for_publishers(view):
    def guarded(request, *args, **kwargs):
        if not may_look_after(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_publishers
def merge_term(request, pk):
    """First what would change, then, on the second button, the change."""
    term = get_object_or_404(TaxonomyTerm.objects.select_related("taxonomy"), pk=pk)
    form = MergeForm(request.POST or None, term=term)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and "merge" in request.POST:
        told = _("“%(term)s” was merged with “%(into)s”.") % {"term": term, "into": into}
        acts.merge(term, into)
        return done(request, into, told)
    context = {"title": _("Merge a term with another"), "form": form, "into": into}
    if into:
        context["renamed"] = synonyms.renamed(term, into)
    return page(request, "admin/taxonomy/merge.html", preview(term) | context)


@for_publishers
def retire_term(request, pk):
    term = get_object_or_404(TaxonomyTerm.objects.select_related("taxonomy"), pk=pk)
    if "retire" in request.POST:
        acts.retire(term)
        return done(request, term, _("“%(term)s” is retired.") % {"term": term})
    if "bring_back" in request.POST:
        acts.bring_back(term)
        return done(request, term, _("“%(term)s” is in use again.") % {"term": term})
    title = _("Use a term again") if term.is_retired else _("Retire a term")
    return page(request, "admin/taxonomy/retire.html", preview(term) | {"title": title})


def preview(term):
    practices, rules, theme_rules = acts.carriers(term)
    return {
        "term": term,
        "practices": practices,
        "rules": rules,
        "theme_rules": theme_rules,
        "groups": synonyms.groups_naming(term),
    }


def done(request, term, told):
    admin.site.get_model_admin(TaxonomyTerm).log_change(request, term, told)
    messages.success(request, told)
    return redirect("admin:practices_taxonomyterm_change", term.pk)


@for_publishers
def order_taxonomies(request):
    rows = Taxonomy.objects.all()
    return order_page(request, _("Order of the taxonomies"), rows, reverse(f"{NAMES}_order"))


@for_publishers
def order_terms(request, pk):
    taxonomy = get_object_or_404(Taxonomy, pk=pk)
    title = _("Order of the terms of “%(taxonomy)s”") % {"taxonomy": taxonomy}
    address = reverse(f"{NAMES}_order_terms", args=[pk])
    return order_page(request, title, taxonomy.terms.all(), address)


NAMES = "admin:practices_taxonomy"


def order_page(request, title, rows, address):
    """Comes back to the button that was pressed, so that a keyboard can go on from there."""
    form = OrderForm(request.POST or None, rows)
    if form.is_valid():
        acts.put_in_order(form.in_order())
        messages.success(request, _("The order is saved."))
        return redirect(f"{address}?{urlencode({'at': form.cleaned_data['move']})}")
    if form.is_bound:
        messages.error(request, _("Nothing is saved. Look at the order as it is now."))
    row, _colon, way = request.GET.get("at", "").partition(":")
    context = {"title": title, "rows": rows, "address": address, "at": row, "way": way}
    return page(request, "admin/taxonomy/order.html", context)


def page(request, template, context):
    return render(request, template, admin.site.each_context(request) | context)
