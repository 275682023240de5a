"""Accounts and roles, as superusers see them."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from care.admin import AccountAdmin
from curation.accounts.roles import ROLES, RoleField, label_of
from curation.editing import Tools

FOR_SUPERUSERS = {"is_superuser", "user_permissions"}


class CuratedAccountAdmin(Tools, AccountAdmin):
    """Roles are ticked; single permissions, and superusers, are a matter of superusers."""

    list_display = (*AccountAdmin.list_display, "roles")

    def list_tools(self, request):
        if not self.has_add_permission(request):
            return []
        return [(_("Invite somebody by mail"), reverse("admin:curation_invitation_add"))]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, account):
        return ", ".join(str(label_of(group)) for group in account.groups.all())

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            return RoleField()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [(title, without_rights(options)) for title, options in fieldsets]

    def get_exclude(self, request, obj=None):
        return None if request.user.is_superuser else list(FOR_SUPERUSERS)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not is_above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not is_above(obj, request.user)


def is_above(account, user):
    return account is not None and account.is_superuser and not user.is_superuser


def without_rights(options):
    return options | {"fields": [name for name in options["fields"] if name not in FOR_SUPERUSERS]}


class RoleAdmin(GroupAdmin):
    """What a role of the release may do is read here; further groups can be made."""

    list_display = ("name", "role")

    @admin.display(description=_("role"))
    def role(self, group):
        return label_of(group) if is_role(group) else ""

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser and not is_role(obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser and not is_role(obj)


def is_role(group):
    return group is not None and group.name in ROLES
