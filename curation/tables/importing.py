"""Writes what was planned: all of it or nothing, and only if nobody changed anything meanwhile."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from curation.tables.bulk import BATCH, write_rows
from curation.tables.planning import plan_import
from curation.tables.problems import TableError
from curation.tables.versions import newest_versions
from network.history import because
from network.translations import mark
from practices.models import Practice


def nobody_waits(done, total):
    pass


def import_table(table, file_name, may_publish, wanted="", tell=nobody_waits):
    """The plan that was carried out. `wanted` is the fingerprint of the plan that was agreed to."""
    plan = plan_import(table, may_publish)
    if wanted and plan.fingerprint != wanted:
        raise TableError.about(changed_meanwhile())
    if not may_publish:
        end_plans(plan)
    carry_out(plan, file_name, tell)
    return plan


def end_plans(plan):
    """What was planned to go public is what was looked at, not what a table says since."""
    for row in plan.to_write:
        row.record.publish_at = None


def changed_meanwhile():
    return _("Records changed since this preview was made. Look at it again; nothing was written.")


def carry_out(plan, file_name, tell=nobody_waits):
    try:
        with transaction.atomic(), because(_("import: %s") % file_name):
            refuse_if_moved(plan)
            write_all(plan.to_write, tell)
    except IntegrityError:  # somebody made the same code or address a moment ago
        raise TableError.about(changed_meanwhile()) from None


def refuse_if_moved(plan):
    """Holds the records while they are compared, so that none moves after that."""
    known = {row.record.pk: row.version for row in plan.to_write if not row.is_new}
    held = Practice.objects.select_for_update(of=("self",)).filter(pk__in=known).order_by("pk")
    there = set(held.values_list("pk", flat=True))
    versions = newest_versions(known)
    if there != set(known) or any(versions.get(pk) != known[pk] for pk in known):
        raise TableError.about(changed_meanwhile())


def write_all(rows, tell):
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row in batch:
            mark(row.record, {difference.name for difference in row.written})
        write_rows(batch)
        tell(start + len(batch), len(rows))
