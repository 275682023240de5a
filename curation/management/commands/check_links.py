from django.core.management.base import BaseCommand

from curation.links import check_links


class Command(BaseCommand):
    help = (
        "Ask every website that a public record names whether it still answers. Asks outside "
        "servers, one after the other, and changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--pause", type=float, default=1.0, help="Seconds between two websites (1)."
        )

    def handle(self, *args, pause, **options):
        number = faults = 0
        for finding in check_links(pause):
            number += 1
            if finding.told:
                faults += 1
                records = ", ".join(finding.records)
                self.stdout.write(f"{finding.address} ({records}): {finding.told}")
        self.stdout.write(f"{number} websites asked, {faults} with a fault.")
