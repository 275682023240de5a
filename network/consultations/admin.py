"""Experts, public answers and the article on secrecy; questions have their own pages: desk.py."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from network.consultations.desk import number, readable
from network.consultations.gate import coordinates, experts
from network.consultations.models import Expert, PublicAnswer, SecrecyArticle
from network.consultations.publishing import (
    CannotAgreeError,
    agree,
    version_of,
    what_may_lead_to_a_person,
    withdraw,
)
from network.editing import LanguageTabsAdmin

BEGINS_AT_A_QUESTION = _(
    "A public answer begins at a question whose asker agrees. Open that question, and choose "
    "“Write a public version” there."
)


@admin.register(Expert)
class ExpertAdmin(admin.ModelAdmin):
    list_display = ("__str__", "is_available", "away_until", "capacity", "load")
    list_select_related = ("account",)
    fields = (
        *("account", "languages", "themes", "mail_language"),
        *("is_available", "away_until", "capacity"),
    )
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def get_queryset(self, request):
        return super().get_queryset(request).with_load()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "account":
            kwargs["queryset"] = experts()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("questions now"))
    def load(self, expert):
        return expert.load


@admin.register(PublicAnswer)
class PublicAnswerAdmin(LanguageTabsAdmin):
    """Any change takes it off the site, until a second person agrees with what it says then."""

    change_form_template = "admin/consultations/public_answer.html"
    list_select_related = ("proposed_by", "agreed_by")
    fields = ("question", "answer", "themes")
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def get_list_display(self, request):
        """Experts are known to coordinators only."""
        names = ("proposed_by", "agreed_by") if coordinates(request.user) else ()
        return ("__str__", "in_short", *names, "agreed_at")

    def get_queryset(self, request):
        answers = super().get_queryset(request)
        return answers if coordinates(request.user) else answers.of_expert(request.user)

    @admin.display(description=_("question"))
    def in_short(self, answer):
        return Truncator(answer.question).chars(80)

    def history_view(self, request, object_id, extra_context=None):
        """It names who wrote and who agreed."""
        if not coordinates(request.user):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def add_view(self, request, form_url="", extra_context=None):
        if self.has_add_permission(request) and question_of(request) is None:
            messages.error(request, BEGINS_AT_A_QUESTION)
            return redirect("consultation_queue")
        return super().add_view(request, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        """It has the themes of its question, whose words stay encrypted and are written anew."""
        return {"themes": list(question_of(request).themes.all())}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.consultation = question_of(request)
        obj.proposed_by = request.user
        withdraw(obj)
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["findings"] = what_may_lead_to_a_person(obj)
            context["seen"] = version_of(obj)
        context["has_history"] = coordinates(request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        act = self.admin_site.admin_view(require_POST(self.agree_view))
        return [
            path("<int:pk>/agree/", act, name="network_publicanswer_agree"),
            *super().get_urls(),
        ]

    def agree_view(self, request, pk):
        if not self.has_change_permission(request):
            raise PermissionDenied
        answer = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            agree(answer, request.user, request.POST.get("seen"))
            messages.success(request, _("Published: two people have agreed."))
        except CannotAgreeError as error:
            messages.error(request, str(error))
        return redirect("admin:network_publicanswer_change", pk)


def question_of(request):
    """The question from which the page was opened, when who asked it agrees."""
    asked = readable(request.user).filter(may_publish=True, anonymised_at=None)
    return asked.filter(pk=number(request.GET.get("question"))).first()


@admin.register(SecrecyArticle)
class SecrecyArticleAdmin(LanguageTabsAdmin):
    """One row, which a migration makes."""

    fields = ("law", "checked_on", "source")
    autocomplete_fields = ("source",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
