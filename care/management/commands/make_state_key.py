from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Make a key for STATE_KEYS or CONFIDENTIAL_KEYS. Put a new one in front of the others to "
        "change it. Of STATE_KEYS the old one may go after an hour, when open searches have ended; "
        "of CONFIDENTIAL_KEYS it stays as long as something is kept that it encrypted."
    )
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.stdout.write(Fernet.generate_key().decode())
