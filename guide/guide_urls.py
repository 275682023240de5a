from django.urls import path
from django.utils.translation import gettext_lazy as _

from guide.glossary import glossary
from guide.publications import guide
from guide.recommendations import recommendations
from guide.timeline import timeline
from guide.vocabulary import vocabulary

urlpatterns = [
    path("", guide, name="guide"),
    path(_("recommendations/"), recommendations, name="recommendations"),
    path(_("timeline/"), timeline, name="timeline"),
    path(_("glossary/"), glossary, name="glossary"),
    path(_("vocabulary/"), vocabulary, name="vocabulary"),
]
