"""How curators do their work, one text for each language, with pictures of the pages themselves."""

import re

from django.contrib import admin
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

TEXTS = {
    "nl": "admin/handbook/nl.html",
    "fr": "admin/handbook/fr.html",
    "en": "admin/handbook/en.html",
}
HEADING = re.compile(r'<section id="(\w+)">\s*<h2>([^<]+)</h2>')


@require_safe
def handbook(request):
    text = text_in(get_language())
    context = admin.site.each_context(request) | {
        "title": _("Handbook"),
        "headings": HEADING.findall(text),
        "text": text,
    }
    return render(request, "admin/handbook/page.html", context)


def text_in(language):
    return mark_safe(render_to_string(TEXTS[language], {"folder": folder_of(language)}))


def folder_of(language):
    return f"handbook/{language}/"
