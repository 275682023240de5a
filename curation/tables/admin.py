"""The list of practices leads to its tables: out as a file, and in with a preview first."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from curation.accounts.limits import languages_of
from curation.accounts.roles import LANGUAGES
from curation.duplicates.finding import near_look_alikes
from curation.duplicates.profiles import profile_of
from curation.models import ImportDraft
from curation.tables import drafts
from curation.tables.importing import import_table
from curation.tables.limits import browser_limits
from curation.tables.planning import CHANGED, CONFLICT, NEW, PUBLISH, UNCHANGED, plan_import
from curation.tables.problems import TableError
from curation.tables.reading import read_table
from curation.tables.writing import FORMATS

LIST = "admin:practices_practice_changelist"
STATES = {
    NEW: _("new"),
    CHANGED: _("changed"),
    UNCHANGED: _("unchanged"),
    CONFLICT: _("conflict"),
}


class UploadForm(forms.Form):
    table = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, with the columns of an export. The column “code” is needed."),
    )


class PracticeTables:
    """Mixed into the admin of practices."""

    @property
    def actions(self):
        return (*super().actions, "export_as_csv", "export_as_xlsx")

    def list_tools(self, request):
        tools = list(super().list_tools(request))
        asked = f"?{request.GET.urlencode()}" if request.GET else ""
        for kind in FORMATS:
            address = reverse("admin:practices_practice_export", args=[kind])
            tools.append((_("Export as %s") % kind.upper(), address + asked))
        if may_import(self, request):
            tools.append((_("Import a table"), reverse("admin:practices_practice_import")))
        return tools

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("export/<slug:kind>/", view(require_safe(self.export_view)),
                 name="practices_practice_export"),
            path("import/", view(self.import_view), name="practices_practice_import"),
            path("import/<int:pk>/", view(self.import_preview),
                 name="practices_practice_import_preview"),
            *super().get_urls(),
        ]  # fmt: skip

    # --- Out ---

    @admin.action(description=_("Export the chosen records as CSV"), permissions=["view"])
    def export_as_csv(self, request, queryset):
        return table_response(queryset, "csv")

    @admin.action(description=_("Export the chosen records as XLSX"), permissions=["view"])
    def export_as_xlsx(self, request, queryset):
        return table_response(queryset, "xlsx")

    def export_view(self, request, kind):
        """What the list shows with the same filters, all its pages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        try:
            shown = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(LIST)
        return table_response(shown, kind)

    # --- In ---

    def import_view(self, request):
        refuse_others(self, request)
        form, refusal = UploadForm(request.POST or None, request.FILES or None), None
        if form.is_valid():
            try:
                draft = read_draft(form.cleaned_data["table"], request.user)
                return redirect("admin:practices_practice_import_preview", draft.pk)
            except TableError as error:
                refusal = error
        context = self.admin_site.each_context(request) | {"form": form, "refusal": refusal}
        return render(request, "admin/curated/import.html", context)

    def import_preview(self, request, pk):
        refuse_others(self, request)
        draft = get_object_or_404(ImportDraft, pk=pk, uploader=request.user)
        if request.method == "POST":
            return commit(request, draft)
        context = self.admin_site.each_context(request) | {"draft": draft}
        try:
            context |= preview_of(draft, request.user)
        except TableError as error:
            context["refusal"] = error
        return render(request, "admin/curated/import_preview.html", context)


def may_import(model_admin, request):
    """A table holds every language: it is for who may write in all of them."""
    if set(languages_of(request.user)) != set(LANGUAGES):
        return False
    return model_admin.has_add_permission(request) and model_admin.has_change_permission(request)


def refuse_others(model_admin, request):
    if not may_import(model_admin, request):
        raise PermissionDenied


def table_response(queryset, kind):
    write, content_type = FORMATS[kind]
    response = HttpResponse(write(queryset), content_type=content_type)
    name = f"practices-{timezone.localdate():%Y-%m-%d}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_draft(upload, user):
    table = read_table(upload, upload.size, browser_limits())
    plan_import(table, user.has_perm(PUBLISH))
    return drafts.keep(table, upload.name, user)


def preview_of(draft, user):
    plan = plan_import(drafts.table_in(draft), user.has_perm(PUBLISH))
    counts = [(state, label, plan.count(state)) for state, label in STATES.items()]
    shown = (row for row in plan.rows if row.is_new or row.differences)
    rows = [(row, STATES[row.state], look_alikes_of(row)) for row in shown]
    return {"plan": plan, "counts": counts, "rows": rows}


def look_alikes_of(row):
    """(code, reasons) of what a new row may be a second time."""
    if not row.is_new:
        return []
    found = near_look_alikes(profile_of(row.record))
    return [(code, ", ".join(map(str, likeness.reasons))) for code, likeness in found]


def commit(request, draft):
    """The draft stays when something is wrong, and its preview says what."""
    try:
        plan = import_table(
            drafts.table_in(draft),
            draft.file_name,
            request.user.has_perm(PUBLISH),
            wanted=request.POST.get("fingerprint") or "-",
        )
    except TableError as error:
        messages.error(request, " ".join(map(str, error.told[:3])))
        return redirect("admin:practices_practice_import_preview", draft.pk)
    draft.delete()
    number = len(plan.to_write)
    told = ngettext("%(number)s record written.", "%(number)s records written.", number)
    messages.success(request, told % {"number": number})
    return redirect(LIST)
