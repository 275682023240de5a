"""The pages of organisations: with the practices they run, they stand above the network's room."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from familysupport.context import language_links
from network.models import Actor
from network.vcard import vcard
from practices.cards import cards
from practices.facets import directory
from practices.models import Practice
from search.caching import unchanged_is_304


@unchanged_is_304
def actor_detail(request, code):
    actor = get_object_or_404(Actor.objects.published().with_page_relations(), code=code)
    return show_actor(request, actor)


def show_actor(request, actor, in_languages=None, **more):
    practices = Practice.objects.published().filter(lead_actor=actor).by_usefulness()
    codes = list(practices.values_list("code", flat=True))
    found = cards(directory(request.data_version), codes)
    context = {"actor": actor, "cards": found, "total": len(codes)}
    if in_languages:
        context["language_links"] = language_links(request, in_languages)
    return render(request, "network/actor_detail.html", context | more)


@unchanged_is_304
def actor_vcard(request, code):
    """Without a contact there is nothing to keep."""
    reachable = Actor.objects.published().filter(contacts__isnull=False).distinct()
    actor = get_object_or_404(reachable.with_page_relations(), code=code)
    response = HttpResponse(vcard(actor), content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{actor.code}.vcf"'
    return response
