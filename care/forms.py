from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device

from care import second_factor
from care.models import SignInEvent
from care.sign_ins import refuse


class CodeInput(forms.TextInput):
    """Never shows what was typed: the next try needs another code."""

    def format_value(self, value):
        return None


class CodeField(forms.CharField):
    widget = CodeInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})

    def to_python(self, value):
        return second_factor.only_digits(super().to_python(value))


class SignInForm(AdminAuthenticationForm):
    """Name, password and code together: an answer never tells which of them was wrong."""

    username = UsernameField(max_length=150, widget=forms.TextInput(attrs={"autofocus": True}))
    code = CodeField(
        label=_("Code"),
        required=False,
        max_length=40,
        help_text=_(
            "Six digits from the app on your telephone, or a recovery code of twelve digits. "
            "Leave this empty the first time: you then set up the app."
        ),
    )
    error_messages = {
        "invalid_login": _(
            "The name, the password or the code is not right. A code works only once: wait for "
            "the next one. After some wrong codes it takes longer before a code works again; "
            "a recovery code works at once."
        ),
    }

    def confirm_login_allowed(self, user):
        """Asked once the password is right."""
        if not user.is_staff:
            self.refuse(user, SignInEvent.Kind.NOT_STAFF)
        if not self.passes_second_factor(user):
            self.refuse(user, SignInEvent.Kind.WRONG_CODE)

    def refuse(self, user, kind):
        refuse(self.request, user, kind)
        raise self.get_invalid_login_error()

    def passes_second_factor(self, user):
        """An account that has none yet passes, and may do nothing but set it up."""
        if not user_has_device(user):
            return True
        user.otp_device = second_factor.device_that_takes(self.cleaned_data.get("code", ""), user)
        return user.otp_device is not None


class PasswordAgainForm(forms.Form):
    """Before the second factor changes: who sits at an open screen does not know the password."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self):
        name = self.request.user.get_username()
        password = self.cleaned_data["password"]
        if authenticate(self.request, username=name, password=password) is None:
            raise ValidationError(_("This is not your password."))
        return password


class TelephoneForm(PasswordAgainForm):
    code = CodeField(
        label=_("Code that the app shows"),
        max_length=40,
        help_text=_("Six digits. They change every half minute."),
    )
    field_order = ["code", "password"]

    def __init__(self, *args, key, **kwargs):
        self.key = key
        super().__init__(*args, **kwargs)
        if not self.request.user.is_verified():
            del self.fields["password"]  # it was typed a moment ago

    def clean_code(self):
        self.clock = second_factor.clock_that_made(self.cleaned_data["code"], self.key)
        if self.clock is None:
            raise ValidationError(
                _(
                    "This code does not fit. Wait for the next one and type it at once. Does it "
                    "never fit? Then set the clock of your telephone to automatic."
                )
            )
        return self.cleaned_data["code"]
