"""Superusers invite; nobody hands a password to somebody else."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from curation.accounts.mails import send_invitation
from curation.accounts.models import Invitation
from curation.accounts.roles import RoleField, label_of


class InvitationForm(forms.ModelForm):
    email = forms.EmailField(
        label=_("e-mail address"),
        max_length=150,
        help_text=_("The invitation goes there; it is also the name to sign in with."),
    )
    name = forms.CharField(label=_("name"), max_length=150)
    roles = RoleField()

    class Meta:
        model = Invitation
        fields = ["language"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        same = Q(username__iexact=email) | Q(email__iexact=email)
        if get_user_model().objects.filter(same).exists():
            raise ValidationError(_("There is an account with this address."))
        return email


class InvitationAdmin(admin.ModelAdmin):
    """The invitations that are open, to be renewed or withdrawn."""

    form = InvitationForm
    list_display = ("__str__", "email", "roles", "language", "invited_by", "sent_at", "in_time")
    list_select_related = ("account", "invited_by")
    fields = ("email", "name", "roles", "language")
    actions = ("renew", "withdraw")

    def get_queryset(self, request):
        return super().get_queryset(request).open().prefetch_related("account__groups")

    def get_fields(self, request, obj=None):
        return self.list_display[1:] if obj else self.fields

    def get_readonly_fields(self, request, obj=None):
        return self.list_display[1:] if obj else ()

    @admin.display(description=_("e-mail address"))
    def email(self, invitation):
        return invitation.account.email

    @admin.display(description=_("roles"))
    def roles(self, invitation):
        return ", ".join(str(label_of(group)) for group in invitation.account.groups.all())

    @admin.display(description=_("can still be used"), boolean=True)
    def in_time(self, invitation):
        return not invitation.has_expired

    def has_invite_permission(self, request):
        return request.user.has_perm("auth.add_user")

    def has_add_permission(self, request):
        return self.has_invite_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.has_invite_permission(request)

    def has_module_permission(self, request):
        return self.has_invite_permission(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_form(self, request, form, change):
        """The account and the invitation are made at once, in `save_model`."""
        return form.instance

    def save_model(self, request, obj, form, change):
        typed = form.cleaned_data
        made = Invitation.objects.invite(
            typed["email"],
            typed["name"],
            typed["roles"],
            language=typed["language"],
            invited_by=request.user,
        )
        obj.pk, obj.account = made.pk, made.account
        send_invitation(made, request)

    def save_related(self, request, form, formsets, change):
        pass

    @admin.action(description=_("Send the invitation again"), permissions=["invite"])
    @transaction.atomic
    def renew(self, request, queryset):
        for invitation in queryset:
            invitation.renew()
            send_invitation(invitation, request)
        number = len(queryset)
        told = ngettext("%(number)s invitation sent.", "%(number)s invitations sent.", number)
        messages.success(request, told % {"number": number})

    @admin.action(description=_("Withdraw the invitation and its account"), permissions=["invite"])
    @transaction.atomic
    def withdraw(self, request, queryset):
        number = len(queryset)
        for invitation in queryset:
            invitation.withdraw()
        told = ngettext(
            "%(number)s invitation withdrawn.", "%(number)s invitations withdrawn.", number
        )
        messages.success(request, told % {"number": number})
