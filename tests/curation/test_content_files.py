"""What every content file keeps to; read as files, without a database."""

import re
from functools import cache

import pytest
import yaml
from django.conf import settings

from guide.call_texts import call_text
from practices.models import TEXT_FIELDS
from search.analysis import LANGUAGES
from tests.curation.word_runs import fingerprint, fingerprints, runs, stored_fingerprints

CODES = {f"VB{number:02d}" for number in range(1, 21)} | {
    f"WB{number:02d}" for number in range(1, 18)
}
TITLE_ONLY = {"VB03", "VB04", "VB05", "VB09", "VB11", "VB12", "VB15", "WB11", "WB13"}

# Read off the lines "Geographic coverage" of the two practice dossiers. They state one for WB13
# too, for an organisation that is a guess: of WB13 only the title is shown.
COVERAGE_STATED = {
    *("VB02", "VB06", "VB07", "VB08", "VB10", "VB13", "VB14", "VB17", "VB18", "VB20"),
    *("WB01", "WB02", "WB03", "WB04", "WB05", "WB06", "WB07", "WB08", "WB09", "WB10"),
    *("WB11", "WB12", "WB14", "WB16", "WB17"),
}

ENTRIES_OF_TITLE_ONLY = {
    *("code", "title_only", "name", "slug", "summary", "operating_status", "terms", "coverage")
}
LEFT_BEHIND = ("publications", "events", "recommendations", "glossary")
UNSOURCED = {"code", "title_only", "slug", "contacts", "themes", "practices"}
PROPER_NAMES = {
    *("name", "slug", "also_known_as", "publisher", "authors", "title", "url", "website")
}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
PHONE_IN_TEXT = re.compile(r"(\+32|\b0)[ ./()-]*\d([ ./()-]*\d){6,}")
PHONE = re.compile(r"\+?\d+( \d+)*")


# --- Reading -----------------------------------------------------------------------------------


def load(path):
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def practices():
    return {path.stem: load(path) for path in settings.CONTENT_DIR.glob("practices/*.yaml")}


@cache
def actors():
    return {path.stem: load(path) for path in settings.CONTENT_DIR.glob("actors/*.yaml")}


@cache
def offers():
    return {path.stem: load(path) for path in settings.CONTENT_DIR.glob("offers/*.yaml")}


@cache
def trainings():
    return {path.stem: load(path) for path in settings.CONTENT_DIR.glob("trainings/*.yaml")}


@cache
def expert_themes():
    return {theme["code"]: theme for theme in load(settings.CONTENT_DIR / "expert_themes.yaml")}


@cache
def taxonomies():
    return {
        taxonomy["code"]: taxonomy for taxonomy in load(settings.CONTENT_DIR / "taxonomies.yaml")
    }


@cache
def help_lines():
    return {line["code"]: line for line in load(settings.CONTENT_DIR / "help_lines.yaml")}


@cache
def left_behind(kind):
    """What the guide and the project left: publications, events and more, in one file each."""
    return {record["code"]: record for record in load(settings.CONTENT_DIR / f"{kind}.yaml")}


@cache
def sources():
    paths = settings.CONTENT_DIR.glob("sources/*.yaml")
    return {source["key"]: source for path in paths for source in load(path)}


def records():
    yield from sourced_records()
    for kind in (expert_themes(), taxonomies(), help_lines()):
        yield from kind.items()
    for kind in ("recommendation_parts", *LEFT_BEHIND):
        yield from left_behind(kind).items()


def sourced_records():
    """Those in which every field names its own sources."""
    for kind in (practices(), actors(), offers(), trainings()):
        yield from kind.items()


def fields():
    """(record, field, content) of everything in a record that must name its sources."""
    for code, record in sourced_records():
        for field, content in record.items():
            if field == "terms":
                yield from ((code, f"terms.{name}", chosen) for name, chosen in content.items())
            elif field == "relations":
                yield from ((code, f"relations.{one['to']}", one) for one in content)
            elif field not in UNSOURCED:
                yield code, field, content


def contacts():
    for code, record in sourced_records():
        yield from ((code, contact) for contact in record.get("contacts", []))


def blocks(content):
    """Every mapping inside, the outermost first."""
    if isinstance(content, dict):
        yield content
    for inner in content.values() if isinstance(content, dict) else content:
        if isinstance(inner, dict | list):
            yield from blocks(inner)


def is_filled(content):
    """A text, or the forms of a word, of which there may be none."""
    return isinstance(content, list) or (isinstance(content, str) and bool(content.strip()))


def texts(content, names=()):
    """(path, text) of every text inside that is no proper name."""
    if isinstance(content, str):
        yield ".".join(names), content
    if isinstance(content, list):
        content = dict(enumerate(content))
    if isinstance(content, dict):
        for name, inner in content.items():
            if name not in PROPER_NAMES:
                yield from texts(inner, (*names, str(name)))


# --- Records -----------------------------------------------------------------------------------


def test_practices_are_those_of_the_mapping():
    assert set(practices()) == CODES


@pytest.mark.parametrize("kind", [practices, actors, offers, trainings])
def test_file_is_named_after_its_code(kind):
    renamed = [name for name, record in kind().items() if record["code"] != name]

    assert renamed == []


def test_languages_are_filled_together():
    incomplete = [
        (code, block)
        for code, record in records()
        for block in blocks(record)
        if set(block) & set(LANGUAGES)
        and not all(is_filled(block.get(language)) for language in LANGUAGES)
    ]

    assert incomplete == []


def test_every_practice_has_name_slug_summary_and_status():
    incomplete = [
        code
        for code, practice in practices().items()
        if not {"name", "slug", "summary", "operating_status"} <= set(practice)
    ]

    assert incomplete == []


def test_texts_of_a_practice_are_the_fields_of_the_model():
    known = {"name", "slug", *TEXT_FIELDS, "successor"} - {"successor_note"}

    stated = {
        field
        for practice in practices().values()
        for field, content in practice.items()
        if isinstance(content, dict) and "nl" in content
    }

    assert stated <= known


def test_summaries_fit_on_a_card():
    long = [
        (code, language, len(practice["summary"][language].strip()))
        for code, practice in practices().items()
        for language in LANGUAGES
        if len(practice["summary"][language].strip()) > 300
    ]

    assert long == []


def test_slugs_stand_once_in_all_languages_together():
    owners = {}
    for code, practice in practices().items():
        for slug in practice["slug"].values():
            owners.setdefault(slug, set()).add(code)

    assert {slug: codes for slug, codes in owners.items() if len(codes) > 1} == {}


# --- Sources -----------------------------------------------------------------------------------


def test_every_field_names_sources_that_exist():
    unsourced = [
        (code, field)
        for code, field, content in fields()
        if not content.get("sources") or not set(content["sources"]) <= set(sources())
    ]

    assert unsourced == []


def test_every_term_help_line_and_theme_names_sources_that_exist():
    terms = [term for taxonomy in taxonomies().values() for term in taxonomy["terms"]]

    unsourced = [
        record["code"]
        for record in [
            *taxonomies().values(),
            *terms,
            *help_lines().values(),
            *expert_themes().values(),
        ]
        if not record.get("sources") or not set(record["sources"]) <= set(sources())
    ]

    assert unsourced == []


def known_terms():
    return {
        (code, term["code"])
        for code, taxonomy in taxonomies().items()
        for term in taxonomy["terms"]
    }


def test_terms_exist():
    unknown = [
        (code, name, term)
        for code, practice in practices().items()
        for name, chosen in practice.get("terms", {}).items()
        for term in chosen["values"]
        if (name, term) not in known_terms()
    ]

    assert unknown == []


def test_terms_that_answer_a_recommendation_exist():
    unknown = [
        (code, name, term)
        for code, recommendation in left_behind("recommendations").items()
        for name, terms in recommendation.get("terms", {}).items()
        for term in terms
        if (name, term) not in known_terms()
    ]

    assert unknown == []


@pytest.mark.parametrize("kind", LEFT_BEHIND)
def test_what_the_guide_left_names_sources_that_exist(kind):
    unsourced = [
        code
        for code, record in left_behind(kind).items()
        if not record["sources"] or not set(record["sources"]) <= set(sources())
    ]

    assert unsourced == []


def test_publishers_have_a_file():
    named = {
        publisher
        for publication in left_behind("publications").values()
        for publisher in publication["publishers"]
    }

    assert named <= set(actors())


def test_coverage_stands_where_the_dossier_states_one():
    covered = {code for code, practice in practices().items() if practice.get("coverage")}

    assert covered == COVERAGE_STATED


# --- Records of which only the title is known --------------------------------------------------


def test_title_only_records():
    found = {code for code, practice in practices().items() if practice["title_only"]}

    assert found == TITLE_ONLY


@pytest.mark.parametrize("code", sorted(TITLE_ONLY))
def test_title_only_record_has_no_other_fields(code):
    assert set(practices()[code]) <= ENTRIES_OF_TITLE_ONLY


@pytest.mark.parametrize("code", sorted(TITLE_ONLY))
def test_title_only_record_reads_facts_off_its_name(code):
    practice = practices()[code]
    facts = [*practice.get("terms", {}).values(), practice.get("coverage")]

    assert {fact["certainty"] for fact in facts if fact} <= {"title"}
    assert practice["operating_status"]["value"] == "unknown"


# --- Contacts and help lines -------------------------------------------------------------------


def test_contacts_stand_in_contacts_only():
    leaked = [
        (code, path)
        for code, record in records()
        for path, text in texts(record)
        if not path.startswith("contacts.")
        and path != "number"
        and (EMAIL.search(text) or PHONE_IN_TEXT.search(text))
    ]

    assert leaked == []


@pytest.mark.parametrize("text", ["bel 0800 111 72", "+32 471 91 94 90", "02/210.02.30", "a@b.be"])
def test_contact_in_a_text_is_noticed(text):
    assert EMAIL.search(text) or PHONE_IN_TEXT.search(text)


def test_phone_numbers_are_groups_of_digits():
    numbers = [contact["value"] for _, contact in contacts() if contact["kind"] == "phone"]
    numbers += [line["number"] for line in help_lines().values()]

    assert [number for number in numbers if not PHONE.fullmatch(number)] == []


def test_contact_has_the_year_of_its_source():
    other = [
        (code, contact["value"])
        for code, contact in contacts()
        if contact["year"] != sources()[contact["source"]].get("year")
    ]

    assert other == []


def test_urgent_help_lines():
    urgent = [line["number"] for line in help_lines().values() if line.get("urgent")]

    assert urgent == ["112", "101"]


def test_help_lines_for_professionals_are_those_of_the_expert_pool():
    apart = {code: line["sources"] for code, line in help_lines().items() if is_apart(line)}

    assert set(apart) == {"ceapire", "ceapire-second-number", "caw-limburg-team-extremisme"}
    assert all("S003" in sources for sources in apart.values())


def is_apart(line):
    return line["audience"] == "professionals"


def test_every_help_line_has_a_need_and_every_need_a_line_for_families():
    known = {need["code"] for need in load(settings.CONTENT_DIR / "needs.yaml")}
    met = {need for line in help_lines().values() if not is_apart(line) for need in line["needs"]}

    assert all(line["needs"] for line in help_lines().values())
    assert met == known


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_in_further_languages_name_lines_and_needs_that_exist(language):
    told = call_text(language)

    assert set(told["lines"]) <= {code for code, line in help_lines().items() if not is_apart(line)}
    assert set(told["needs"]) <= {
        need["code"] for need in load(settings.CONTENT_DIR / "needs.yaml")
    }
    for code in told["lines"]:
        assert set(help_lines()[code]["needs"]) & {"danger", *told["needs"]}, code


@pytest.mark.parametrize("language", ["de", "ar"])
def test_pages_in_further_languages_promise_day_and_night_only_where_the_line_does(language):
    always = {"de": "Tag und Nacht", "ar": "ليلًا ونهارًا"}[language]

    for code, told in call_text(language)["lines"].items():
        hours = help_lines()[code].get("hours", {}).get("nl", "").lower()
        assert (always in told["what"]) == ("dag en nacht" in hours), code


# --- Own words ---------------------------------------------------------------------------------


def test_no_text_shares_nine_words_in_a_row_with_a_source_document():
    stored = stored_fingerprints()

    copied = [
        (code, path, run)
        for code, record in records()
        for path, text in texts(record)
        for run in runs(text)
        if fingerprint(run) in stored
    ]

    assert copied == []


def test_stored_fingerprints_hold_the_source_documents():
    assert len(stored_fingerprints()) == 23_268


def test_runs_are_nine_words_in_a_row():
    text = "Één twee, drie vier: vijf (zes) zeven-acht negen tien."

    assert runs(text) == [
        "een twee drie vier vijf zes zeven acht negen",
        "twee drie vier vijf zes zeven acht negen tien",
    ]


def test_copied_sentence_is_recognised_without_case_accents_and_punctuation():
    document = "Voor ouders die zich zorgen maken over hun kind of een école."
    copy = "VOOR OUDERS, die zich zorgen maken over hun kind of een ecole!"

    assert fingerprints(copy) == fingerprints(document)


def test_eight_words_in_a_row_are_allowed():
    assert fingerprints("Een twee drie vier vijf zes zeven acht.") == set()
