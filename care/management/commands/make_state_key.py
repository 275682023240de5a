from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Make a key for STATE_KEYS. Put a new one in front of the others to change it, and leave "
        "the old one for an hour: searches that are open stay open."
    )
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.stdout.write(Fernet.generate_key().decode())
