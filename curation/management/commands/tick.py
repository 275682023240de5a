from django.core.management.base import BaseCommand, CommandError

from curation import tick


class Command(BaseCommand):
    help = "Do what is due: publish, remind, send mail, forget. Run it every few minutes."

    def handle(self, *args, **options):
        outcomes = tick.run()
        for step, number, error in outcomes:
            self.stdout.write(f"{step.name}: {'failed' if error else number}")
        failed = [step.name for step, _, error in outcomes if error]
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
