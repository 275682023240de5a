from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from care.models import SignInEvent

# Their pages show secrets; the column below tells what a superuser needs to know.
admin.site.unregister([User, TOTPDevice, StaticDevice])


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ("username", "email", "is_staff", "is_superuser", "last_login", "second_factor")

    def get_queryset(self, request):
        telephones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_telephone=Exists(telephones))

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, account):
        return account.has_telephone


@admin.register(SignInEvent)
class SignInEventAdmin(admin.ModelAdmin):
    """What happened, for superusers; nobody changes it."""

    list_display = ("at", "account", "kind", "address")
    list_filter = ("kind", "at")
    search_fields = ("account", "address")
    search_help_text = _("An account or the beginning of an internet address.")

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
