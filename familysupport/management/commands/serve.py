import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

MESSAGE = """
The directory runs at http://{host}:{port}/   (stop it with Ctrl-C)
To edit, make an account in a second window with: make admin
Then sign in at http://{host}:{port}/en/admin/
"""
LOCAL_NOTICE = "Local mode: cookies without encryption. A public site needs PRODUCTION=1."


class Command(BaseCommand):
    help = "Make the database, content and static files ready and serve with gunicorn."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")

    def handle(self, *args, host, port, **options):
        check_port(host, port)
        call_command("prepare")
        self.stdout.write(MESSAGE.format(host=host, port=port))
        if not settings.PRODUCTION:
            self.stdout.write(LOCAL_NOTICE)
        self.stdout.flush()
        command = [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}"]
        os.execv(sys.executable, [*command, "familysupport.wsgi"])  # noqa: S606


def check_port(host, port):
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT={port} is not a port: choose a number from 1 to 65535.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another one: PORT={int(port) % 65535 + 1} make run"
            ) from None
