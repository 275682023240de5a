"""Acts on many records at once: first a page that says what they will do, then the act."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curation.publishing import last_author, needs_other_eyes
from network.history import because
from network.publishing import EditorialStatus

MOST_TOLD = 200


@dataclass(frozen=True)
class Forecast:
    """What the act does to one record; `obstacles` keep it from happening."""

    record: object
    obstacles: list


class BulkActs:
    actions = ("publish", "unpublish", "archive")

    @admin.action(description=gettext_lazy("Publish the chosen records"), permissions=["publish"])
    def publish(self, request, queryset):
        waiting = queryset.exclude(editorial_status=EditorialStatus.PUBLISHED)
        foreseen = [Forecast(r, obstacles(request, r)) for r in waiting]
        told = _("They become public, in every language, at once.")
        return self.confirm(request, queryset, foreseen, "publish", told)

    @admin.action(
        description=gettext_lazy("Take the chosen records off the site"), permissions=["publish"]
    )
    def unpublish(self, request, queryset):
        foreseen = [Forecast(r, []) for r in queryset.published()]
        told = _("Readers no longer find them. They are drafts again.")
        return self.confirm(request, queryset, foreseen, "unpublish", told)

    @admin.action(description=gettext_lazy("Archive the chosen records"), permissions=["publish"])
    def archive(self, request, queryset):
        alive = queryset.exclude(editorial_status=EditorialStatus.ARCHIVED)
        foreseen = [Forecast(r, []) for r in alive]
        told = _("Readers no longer find them. Their addresses say so and lead on.")
        return self.confirm(request, queryset, foreseen, "archive", told)

    def confirm(self, request, queryset, foreseen, act, told):
        possible = [one.record.pk for one in foreseen if not one.obstacles]
        if "confirmed" in request.POST:
            return self.do(request, queryset.filter(pk__in=possible), act)
        context = self.admin_site.each_context(request) | {
            "title": self.get_action(act)[2],
            "told": told,
            "act": act,
            "opts": self.opts,
            "possible": len(possible),
            "foreseen": foreseen[:MOST_TOLD],
            "left_out": queryset.count() - len(foreseen),
            "chosen": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", "0"),
        }
        return render(request, "admin/curated/confirm.html", context)

    def do(self, request, queryset, act):
        with because(request.POST.get("change_reason", "").strip()):
            number = getattr(queryset, act)()
        told = ngettext("%(number)s record changed.", "%(number)s records changed.", number)
        messages.success(request, told % {"number": number})


def obstacles(request, record):
    found = list(record.publishing_problems())
    own = needs_other_eyes(request.user, last_author(record))
    return [*found, own] if own else found
