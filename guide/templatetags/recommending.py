"""What of the guide a record works on; the rooms below know nothing of the guide."""

from django import template

from guide.recommendations import remembered_statements
from practices.facets import directory

register = template.Library()
WORKS_ON = "guide/_works_on.html"


@register.inclusion_tag(WORKS_ON, takes_context=True)
def practice_works_on(context, practice):
    version = context["request"].data_version
    return told(remembered_statements(version).of_practice(practice, directory(version)))


@register.inclusion_tag(WORKS_ON, takes_context=True)
def offer_works_on(context, offer):
    return told(remembered_statements(context["request"].data_version).of_offer(offer))


@register.inclusion_tag(WORKS_ON, takes_context=True)
def training_works_on(context, training):
    return told(remembered_statements(context["request"].data_version).of_training(training))


@register.inclusion_tag(WORKS_ON, takes_context=True)
def theme_asks(context, theme):
    found = remembered_statements(context["request"].data_version).of_theme(theme)
    return told(found) | {"is_theme": True}


FIRST = 3


def told(statements):
    return {"first": statements[:FIRST], "others": statements[FIRST:]}
