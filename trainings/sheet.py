"""What readers see of one training."""

from django.utils.translation import gettext as _

from familysupport.templatetags.reading import read_text
from network import sheet
from trainings.listing import TrainingCard


class TrainingSheet(sheet.Sheet):
    @property
    def summary(self):
        return read_text(self.record, "summary")

    @property
    def contents(self):
        return self.text_fact("contents", _("What you learn"))

    @property
    def provider_note(self):
        return self.text_fact("provider_note")

    @property
    def status_note(self):
        return self.text_fact("status_note")

    @property
    def how_to_ask(self):
        return self.text_fact("how_to_ask", _("How to ask for it"))

    def text_fact(self, name, label=None):
        return self.fact(name, read_text(self.record, name), label)

    @property
    def providers(self):
        """Names and pages of those that readers see."""
        given_by = [actor for actor in self.record.providers.all() if actor.is_published]
        return self.fact("providers", given_by)

    @property
    def status(self):
        return self.fact("status", self.record.get_status_display())

    @property
    def facts(self):
        """In the order of the page; without value where no source says anything."""
        training = self.record
        languages = ", ".join(str(language) for language in training.languages.all())
        return [
            self.fact("audiences", ", ".join(map(str, training.audience_names))),
            self.text_fact("audience_note"),
            self.fact("forms", ", ".join(map(str, training.form_names))),
            self.fact("channels", ", ".join(map(str, training.channel_names))),
            self.text_fact("length"),
            self.fact("languages", languages),
            self.fact("cost", training.get_cost_display()),
            self.text_fact("price_note"),
            self.fact("coverage", TrainingCard(training).coverage),
        ]

    @property
    def practices(self):
        return [practice for practice in self.record.practices.all() if practice.is_published]
