import os
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from care import second_factor
from care.models import SignInEvent
from care.sign_ins import note

SECOND_FACTOR = """
To sign in, {username} also needs a code from an app on a telephone, for example FreeOTP or Aegis.
Scan this picture with the app, or type the secret into it. Both are shown only now.
"""
RECOVERY_CODES = """
Without the telephone, each of these recovery codes works once. Keep them in a safe place:
"""


class Command(BaseCommand):
    help = (
        "Create an account that may do everything in the admin, and show its second factor. Asks "
        "for the password, or takes it from the environment variable ADMIN_PASSWORD."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="admin")

    def handle(self, *args, username, **options):
        users = get_user_model().objects
        if users.filter(username=username).exists():
            raise CommandError(
                f"The account {username} exists. Choose another name, or give it a new password: "
                f"manage.py changepassword {username}"
            )
        user = get_user_model()(username=username, is_staff=True, is_superuser=True)
        password = self.password()
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user.set_password(password)
        key = second_factor.new_key()
        recovery_codes = save(user, key)
        self.stdout.write(
            f"The account {username} may sign in at /nl/admin/, /fr/admin/, /en/admin/."
        )
        self.show_second_factor(user, key, recovery_codes)

    def show_second_factor(self, user, key, recovery_codes):
        self.stdout.write(SECOND_FACTOR.format(username=user.get_username()))
        self.stdout.write(second_factor.picture_for_terminal(user, key))
        self.stdout.write(f"Secret: {second_factor.readable_secret(key)}")
        self.stdout.write(RECOVERY_CODES)
        self.stdout.write("\n".join(f"  {code}" for code in recovery_codes))

    @staticmethod
    def password():
        given = os.environ.get("ADMIN_PASSWORD")
        if given:
            return given
        first = getpass("Password: ")
        if first != getpass("Once more: "):
            raise CommandError("The two passwords differ. Nothing was created.")
        return first


@transaction.atomic
def save(user, key):
    """Never an account without its second factor: that would be anybody's to set up."""
    user.save()
    second_factor.set_up_telephone(user, key)
    note(SignInEvent.Kind.SECOND_FACTOR_SET_UP, user.get_username())
    return second_factor.renew_recovery_codes(user)
