"""Where likely duplicates are told, and where two records become one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from curation.duplicates.finding import MOST_PAIRS, likely_pairs, look_alikes
from curation.duplicates.likeness import Profile, site_of
from curation.duplicates.merging import CHOICES, Merge, MergeError
from curation.duplicates.profiles import NAMES, names_in, place_words, saved_profile
from practices.models import Practice

PUBLISH = "practices.publish_practice"
TELLING = {*NAMES, "also_known_as", "lead_actor", "coverage", "seats"}
MOST_TYPED = 300
MOST_PLACES = 50


class PracticeDuplicates:
    """Mixed into the admin of practices."""

    @property
    def media(self):
        return super().media + forms.Media(js=["look_alikes.js"])

    def list_tools(self, request):
        address = reverse("admin:practices_practice_duplicates")
        return [*super().list_tools(request), (gettext_lazy("Likely duplicates"), address)]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in NAMES:
            if name in form.base_fields:
                address = reverse("admin:practices_practice_look_alikes")
                form.base_fields[name].widget.attrs["data-look-alikes"] = address
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or TELLING & set(form.changed_data):
            warn_of_look_alikes(request, form.instance)

    def get_urls(self):
        view, name = self.admin_site.admin_view, "practices_practice"
        return [
            path("look-alikes/", view(require_POST(self.look_alikes_view)),
                 name=f"{name}_look_alikes"),
            path("duplicates/", view(require_safe(self.duplicates_view)),
                 name=f"{name}_duplicates"),
            path("<int:winner>/merge/<int:loser>/", view(self.merge_view), name=f"{name}_merge"),
            *super().get_urls(),
        ]  # fmt: skip

    def look_alikes_view(self, request):
        """What looks like the form as it is typed so far."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        found = [
            {"label": told(practice, likeness), "address": change_address(practice)}
            for practice, likeness in look_alikes(typed_profile(request.POST))
        ]
        return JsonResponse({"heading": _("This may be there already:"), "found": found})

    def duplicates_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        pairs = likely_pairs()
        shown = pairs[:MOST_PAIRS]
        keys = {key for pair in shown for key in (pair.one, pair.other)}
        practices = Practice.objects.select_related("lead_actor").in_bulk(keys)
        context = self.admin_site.each_context(request) | {
            "pairs": [
                (practices[pair.one], practices[pair.other], pair.likeness)
                for pair in shown
                if {pair.one, pair.other} <= practices.keys()
            ],
            "number": len(pairs),
            "may_merge": may_merge(self, request),
        }
        return render(request, "admin/curated/duplicates.html", context)

    def merge_view(self, request, winner, loser):
        """Choose, see what happens, agree: three steps at one address."""
        if not may_merge(self, request):
            raise PermissionDenied
        records = [get_object_or_404(Practice, pk=key) for key in (winner, loser)]
        merge = Merge(*records, choices=request.POST)
        if "fingerprint" in request.POST:
            return carry_out(request, merge)
        context = self.admin_site.each_context(request) | {
            "merge": merge,
            "fields": [(field, merge.choice(field)) for field in merge.fields],
            "labels": CHOICES,
        }
        page = "preview" if request.method == "POST" else "choice"
        return render(request, PAGES[page], context)


PAGES = {
    "choice": "admin/curated/merge.html",
    "preview": "admin/curated/merge_preview.html",
}


def may_merge(model_admin, request):
    return model_admin.has_change_permission(request) and request.user.has_perm(PUBLISH)


def carry_out(request, merge):
    winner, loser = merge.winner, merge.loser
    try:
        merge.carry_out(request.POST["fingerprint"])
    except MergeError as error:
        messages.error(request, str(error))
        return redirect("admin:practices_practice_merge", winner.pk, loser.pk)
    told = _("%(loser)s is archived; its addresses lead to %(winner)s.")
    messages.success(request, told % {"loser": loser.code, "winner": winner.code})
    return redirect("admin:practices_practice_change", winner.pk)


# --- What is typed, and what is saved ----------------------------------------------------------


def typed_profile(typed):
    names = [typed.get(name, "")[:MOST_TYPED] for name in NAMES]
    places = [*keys_in(typed, "coverage"), *keys_in(typed, "seats")][:MOST_PLACES]
    own = typed.get("contacts-__prefix__-practice") or typed.get("contacts-0-practice")
    websites = (value for name, value in typed.items() if name.startswith("contacts-"))
    return Profile(
        key=int(own) if own and own.isdecimal() else None,
        code=typed.get("code", ""),
        names=names_in(names, typed.get("also_known_as", "")[: MOST_TYPED * 5]),
        actor=next(iter(keys_in(typed, "lead_actor")), None),
        places=frozenset(places),
        sites=frozenset(site_of(value) for value in websites if "://" in value) - {""},
        place_words=frozenset().union(*place_words(places).values()),
    )


def keys_in(typed, name):
    return [int(key) for key in typed.getlist(name) if key.isdecimal() and len(key) < 18]


def warn_of_look_alikes(request, practice):
    profile = saved_profile(practice.pk)
    found = look_alikes(profile) if profile else []
    if found:
        links = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((change_address(other), told(other, likeness)) for other, likeness in found),
        )
        messages.warning(request, format_html("{} {}", _("This may be there already:"), links))


def told(practice, likeness):
    reasons = ", ".join(map(str, likeness.reasons))
    return f"{practice} ({reasons})" if reasons else str(practice)


def change_address(practice):
    return reverse("admin:practices_practice_change", args=[practice.pk])
