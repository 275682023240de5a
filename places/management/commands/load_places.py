from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from places import files, gazetteer
from places.models import Place, PlaceAlias, PostalCode


class Command(BaseCommand):
    help = "Carry the places of Belgium into the database; only what differs is written."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=settings.CONTENT_DIR / "places")

    @transaction.atomic
    def handle(self, *args, folder, **options):
        counts = write(Place, files.places(folder), by=("code",))
        ids = dict(Place.objects.values_list("code", "pk"))
        counts += write(PostalCode, files.postal_codes(folder, ids), by=("code", "locality_id"))
        counts += write(PlaceAlias, files.aliases(folder, ids), by=("place_id", "name", "language"))
        write_containers(files.containers(folder), ids)
        gazetteer.forget()
        told = ", ".join(f"{counts[word]} {word}" for word in ("created", "updated", "unchanged"))
        self.stdout.write(f"places: {told}")


def write(model, rows, by) -> Counter:
    """Create what is new, update what differs, delete nothing: records point here."""
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    held = {key(row, by): row for row in model.objects.all()}
    new = [row for row in rows if key(row, by) not in held]
    known = [(held[key(row, by)], row) for row in rows if key(row, by) in held]
    changed = [copy(old, row, columns) for old, row in known if differ(old, row, columns)]
    model.objects.bulk_create(new, batch_size=500)
    model.objects.bulk_update(changed, [name.removesuffix("_id") for name in columns], 500)
    return Counter(created=len(new), updated=len(changed), unchanged=len(known) - len(changed))


def key(row, by):
    return tuple(getattr(row, name) for name in by)


def differ(old, new, columns):
    return any(getattr(old, name) != getattr(new, name) for name in columns)


def copy(old, new, columns):
    for name in columns:
        setattr(old, name, getattr(new, name))
    return old


def write_containers(by_code, ids):
    through = Place.containers.through
    wanted = {(ids[code], ids[outer]) for code, around in by_code.items() for outer in around}
    held = set(through.objects.values_list("from_place_id", "to_place_id"))
    through.objects.bulk_create(
        [through(from_place_id=inner, to_place_id=outer) for inner, outer in sorted(wanted - held)],
        batch_size=500,
    )
    for inner, outer in held - wanted:
        through.objects.filter(from_place_id=inner, to_place_id=outer).delete()
