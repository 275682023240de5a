import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from places.simplify import simplified

FORMAT = '"shapes": code → list of polygons, each a list of rings of [longitude, latitude]'


class Command(BaseCommand):
    help = "Make the small outlines of the provinces from exact ones."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help=f"JSON file with {FORMAT}")
        target = settings.CONTENT_DIR / "places" / "outlines.json"
        parser.add_argument("--target", type=Path, default=target)

    def handle(self, *args, source, target, **options):
        exact = json.loads(source.read_text(encoding="utf-8"))
        drawing = {"source": exact["source"], **simplified(exact["shapes"])}
        target.write_text(json.dumps(drawing, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"outlines: {len(drawing['shapes'])} written")
