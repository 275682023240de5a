from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from curation.verification.models import UnaskedOrganisation, address_of


class Verification:
    """The acts by which a curator says: I checked this record. Nothing else sets the two days."""

    def record_tools(self, request, record):
        address = reverse("admin:practices_practice_verification", args=[record.pk])
        return [*super().record_tools(request, record), (_("Check the record"), address)]

    def get_urls(self):
        page = self.admin_site.admin_view(self.verification)
        return [
            path("<int:pk>/verification/", page, name="practices_practice_verification"),
            *super().get_urls(),
        ]

    def verification(self, request, pk):
        practice = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, practice):
            raise PermissionDenied
        if request.method == "POST":
            act(request, practice)
            return redirect(request.path)
        return render(
            request,
            "admin/curation/verification/page.html",
            self.admin_site.each_context(request)
            | {
                "title": _("Check the record"),
                "subtitle": str(practice),
                "practice": practice,
                "address": address_of(practice),
                "is_unasked": UnaskedOrganisation.objects.filter(practice=practice).exists(),
                "mails": practice.check_mails.all(),
            },
        )


def act(request, practice):
    acts = {
        "whole": (checked_whole, _("You checked the whole record today.")),
        "contacts": (checked_contacts, _("You checked the contacts today.")),
        "unask": (unask, _("The organisation gets no more mails about this record.")),
        "ask": (ask_again, _("The organisation gets a mail when this record is due.")),
    }
    chosen = next((name for name in acts if name in request.POST), None)
    if chosen:
        do, told = acts[chosen]
        do(practice)
        messages.success(request, told)


def checked_whole(practice):
    practice.verify(gettext_noop("checked the whole record"))


def checked_contacts(practice):
    practice.verify_contacts(gettext_noop("checked the contacts"))


def unask(practice):
    UnaskedOrganisation.objects.get_or_create(practice=practice)


def ask_again(practice):
    UnaskedOrganisation.objects.filter(practice=practice).delete()
