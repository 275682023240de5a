import os
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Create an account that may do everything in the admin. Asks for the password, "
        "or takes it from the environment variable ADMIN_PASSWORD."
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
        user.save()
        self.stdout.write(
            f"The account {username} may sign in at /nl/admin/, /fr/admin/, /en/admin/."
        )

    @staticmethod
    def password():
        given = os.environ.get("ADMIN_PASSWORD")
        if given:
            return given
        first = getpass("Password: ")
        if first != getpass("Once more: "):
            raise CommandError("The two passwords differ. Nothing was created.")
        return first
