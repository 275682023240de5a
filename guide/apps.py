from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

KEPT = {
    "HelpLine": ["languages", "needs", "sources"],
    "Publication": ["publishers", "languages", "sources"],
    "Event": ["sources"],
    "Recommendation": ["themes", "terms", "trainings", "sources"],
    "GlossaryTerm": ["related", "sources"],
}


class GuideConfig(AppConfig):
    name = "guide"
    verbose_name = _("Guide")

    def ready(self):
        from guide import also  # noqa: F401  registers what a search also finds
        from network.history import keep_history

        for name, relations in KEPT.items():
            keep_history(self.get_model(name), relations)
        help_line = self.get_model("HelpLine")
        post_save.connect(keep_lines_for_an_outage, sender=help_line)
        post_delete.connect(keep_lines_for_an_outage, sender=help_line)


def keep_lines_for_an_outage(**kwargs):
    """Without this, a line that was taken off just before an outage would come back with it."""
    from guide.strip import read_lines

    transaction.on_commit(read_lines, robust=True)
