"""Trainings on the pages of rooms below, which know nothing of this room."""

from django import template

from trainings.models import Training

register = template.Library()


@register.inclusion_tag("trainings/_trainings_of.html")
def trainings_of(actor):
    """What an organisation trains."""
    return {"trainings": Training.objects.published().filter(providers=actor).with_card_relations()}


@register.inclusion_tag("trainings/_trainings_of.html")
def trainings_on(theme):
    """Trainings that the curators gave this theme."""
    trainings = Training.objects.published().filter(themes=theme)
    return {"trainings": trainings.with_card_relations(), "theme": theme}


@register.inclusion_tag("trainings/_trainings_of.html")
def trainings_bound_to(practice):
    """Trainings that belong to a practice."""
    trainings = Training.objects.published().filter(practices=practice)
    return {"trainings": trainings, "is_practice": True}


@register.inclusion_tag("trainings/_training_of_offer.html")
def training_of(offer):
    return {"training": Training.objects.published().filter(offer=offer).first()}
