from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = _("Guide")

    def ready(self):
        from network.history import keep_history

        help_line = self.get_model("HelpLine")
        keep_history(help_line, ["languages", "needs", "sources"])
        post_save.connect(keep_lines_for_an_outage, sender=help_line)
        post_delete.connect(keep_lines_for_an_outage, sender=help_line)


def keep_lines_for_an_outage(**kwargs):
    """Without this, a line that was taken off just before an outage would come back with it."""
    from guide.strip import read_lines

    transaction.on_commit(read_lines, robust=True)
