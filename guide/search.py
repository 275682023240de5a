"""What the search knows of the words of the glossary and of the recommendations."""

from network.search import names_of, text_of
from search.analysis import LANGUAGES
from search.index import Entry


def glossary_entry(term):
    forms = {code: text_of(term, "forms", code).replace("\n", " ") for code in LANGUAGES}
    return Entry(
        kind=term.search_kind,
        key=term.code,
        is_public=term.is_published,
        title={code: f"{text_of(term, 'name', code)} {forms[code]}" for code in LANGUAGES},
        body={
            code: f"{text_of(term, 'definition', code)} {text_of(term, 'note', code)}"
            for code in LANGUAGES
        },
    )


def recommendation_entry(recommendation):
    terms = recommendation.terms.all()
    return Entry(
        kind=recommendation.search_kind,
        key=recommendation.code,
        is_public=recommendation.is_published,
        title={code: text_of(recommendation, "statement", code) for code in LANGUAGES},
        label={code: names_of(terms, code) for code in LANGUAGES},
        body={code: text_of(recommendation, "is_answered_by_site", code) for code in LANGUAGES},
    )
