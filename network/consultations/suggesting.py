"""Whom a question may be given to: who speaks its language, knows its themes and has room."""

from dataclasses import dataclass

from network.consultations.models import Expert


@dataclass(frozen=True)
class Suggestion:
    expert: Expert
    speaks: bool
    themes: tuple
    load: int

    @property
    def has_room(self):
        return self.load < self.expert.capacity

    @property
    def order(self):
        free = self.load / max(1, self.expert.capacity)
        return (not self.speaks, not self.has_room, -len(self.themes), free, self.expert.pk)


def suggestions(consultation) -> list[Suggestion]:
    """Every expert who takes questions, the most fitting first."""
    wanted = {theme.pk for theme in consultation.themes.all()}
    experts = Expert.objects.available().with_load().select_related("account")
    found = [
        suggestion(expert, consultation.language, wanted)
        for expert in experts.prefetch_related("languages", "themes")
    ]
    return sorted(found, key=lambda one: one.order)


def suggestion(expert, language, wanted):
    spoken = {one.code for one in expert.languages.all()}
    themes = tuple(theme for theme in expert.themes.all() if theme.pk in wanted)
    return Suggestion(expert, language in spoken, themes, expert.load)
