from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from care import second_factor
from care.models import SignInEvent
from care.sign_ins import note


class Command(BaseCommand):
    help = (
        "Take away the second factor of an account whose telephone and recovery codes are lost. "
        "First make sure that it is really the owner who asks."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    @transaction.atomic
    def handle(self, *args, username, **options):
        account = get_user_model().objects.filter(username=username).first()
        if account is None:
            raise CommandError(f"There is no account {username}.")
        second_factor.take_away(account)
        note(SignInEvent.Kind.SECOND_FACTOR_RESET, username)
        self.stdout.write(
            f"The second factor of {username} is gone, and {username} is signed out everywhere. "
            "At the next sign-in the password is enough to set up a new one: that should be soon."
        )
