"""The kinds of the guide that a search of the directory also finds."""

from django.utils.translation import gettext_lazy as _

from guide.glossary import remembered_terms
from guide.recommendations import remembered_statements
from search.also import AlsoFound, register


def words(version):
    return {term.code: term for term in remembered_terms(version)}


def statements(version):
    known = remembered_statements(version).by_code
    return {code: asked.recommendation for code, asked in known.items()}


register(AlsoFound("glossary", _("Glossary"), "glossary", words, summary="definition"))
register(
    AlsoFound(
        "recommendation",
        _("Recommendations and points of attention"),
        "recommendations",
        statements,
        name="statement",
        summary="",
    )
)
