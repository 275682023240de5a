"""A bad file is refused in one line that names file, line and field, and nothing is written."""

import pytest
from django.core.management import CommandError, call_command

from curation.content.load import load_content
from curation.models import LoadedField
from guide.models import HelpLine
from network.models import Actor, Language, Sector, Source
from practices.models import Practice, Taxonomy, TaxonomyTerm
from search import version
from search.models import Document
from tests.curation.content_folder import FILES, PRACTICE, change, make_folder
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

MODELS = (
    Language,
    Sector,
    Source,
    Taxonomy,
    TaxonomyTerm,
    Actor,
    Practice,
    HelpLine,
    LoadedField,
    Document,
)
NAME = "name: {nl: Praattafel, fr: Table de parole, en: Talking table, sources: [T1]}"
SUMMARY = (
    "summary: {nl: Ouders praten., fr: Des parents parlent., en: Parents talk., sources: [T1]}"
)
SLUGS = "slug: {nl: praattafel, fr: table-de-parole, en: talking-table}"
METHOD = "method: {nl: Luisteren., fr: Écouter., en: Listening., sources: [T1, T2]}"
PHONE = '{kind: phone, value: "078 15 00 10", year: 2016, source: T1}'
CONTACTS = FILES[PRACTICE][FILES[PRACTICE].index("contacts:") :]
TERMS = FILES["taxonomies.yaml"][FILES["taxonomies.yaml"].index("  terms:") :]
SIBLINGS = TERMS[TERMS.index("    - code: siblings") :]


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path)


def refusal(folder):
    """What the command prints, without the folder; nothing may have been written."""
    before = [model.objects.count() for model in MODELS], version.current()

    with pytest.raises(CommandError) as refused:
        call_command("load_content", folder=folder)

    assert ([model.objects.count() for model in MODELS], version.current()) == before
    return str(refused.value).removeprefix(f"{folder}/")


# What is changed in the good file, into what, and what the command says about it.
# fmt: off
BAD_PRACTICE = [
    ("unclosed list", "code: VB01", "code: [VB01",
     "line 2, YAML: expected ',' or ']', but got ':'"),
    ("tab as indent", "  target_group:", "\ttarget_group:",
     "line 14, YAML: found character '\\t' that cannot start any token"),
    ("two documents", "title_only: false", "---\ntitle_only: false",
     "line 2, YAML: but found another document"),
    ("unknown tag", "code: VB01", "code: !run VB01",
     "line 1, YAML: could not determine a constructor for the tag '!run'"),
    ("unknown alias", "value: free", "value: *free",
     "line 11, YAML: found undefined alias 'free'"),
    ("NUL", "nl: Steun.", r'nl: "Steun\0"',
     "line 7, YAML: a text holds an invisible character"),
    ("half a surrogate", "nl: Steun.", r'nl: "Steun\ud800"',
     "line 7, YAML: a text holds an invisible character"),
    ("list as name of a field", "code: VB01", "[code]: VB01",
     "line 1, ['code']: the name of a field is a plain word"),
    ("yes as name of a field", "code: VB01", "yes: VB01",
     "line 1, True: the name of a field is a plain word"),
    ("same key twice", "title_only: false", "title_only: false\ntitle_only: true",
     "line 3, title_only: stands there twice"),
    ("same language twice", "nl: Steun.,", "nl: Steun., nl: Hulp.,",
     "line 7, nl: stands there twice"),
    ("unknown field", "title_only: false", "verified_on: 2026-03-01",
     "line 2, verified_on: this field does not exist"),
    ("unknown language", "nl: Steun.,", "nl: Steun., de: Hilfe.,",
     "line 7, de: this field does not exist"),
    ("misspelt sources", "T1], certainty: probable", "T1], certanty: probable",
     "line 7, certanty: this field does not exist"),
    ("code missing", "code: VB01\n", "",
     "line 1, code: is missing"),
    ("code empty", "code: VB01", 'code: ""',
     "line 1, code: is missing"),
    ("code null", "code: VB01", "code: null",
     "line 1, code: give one text (a number or a date in quotes)"),
    ("code a number", "code: VB01", "code: 1",
     "line 1, code: give one text (a number or a date in quotes)"),
    ("code malformed", "code: VB01", "code: vb-1",
     "line 1, code: Enter a valid value"),
    ("flag a text", "title_only: false", 'title_only: "false"',
     "line 2, title_only: give true or false"),
    ("flag null", "title_only: false", "title_only: null",
     "line 2, title_only: give true or false"),
    ("name missing", NAME + "\n", "",
     "line 1, name: This field cannot be blank"),
    ("summary missing", SUMMARY + "\n", "",
     "line 1, summary: This field cannot be blank"),
    ("slug missing", SLUGS + "\n", "",
     "line 1, slug: This field cannot be blank"),
    ("language missing", "fr: Soutien., ", "",
     "line 7, aims: the text in fr is missing"),
    ("language empty", "fr: Soutien.", 'fr: ""',
     "line 7, aims: the text in fr is missing"),
    ("language null", "fr: Soutien.", "fr: null",
     "line 7, aims: the text in fr is missing"),
    ("language a list", "fr: Soutien.", "fr: [Soutien.]",
     "line 7, aims: the text in fr is missing"),
    ("language a number", "fr: Soutien.", "fr: 12",
     "line 7, aims: the text in fr is missing"),
    ("text for one language only", METHOD, "method: Luisteren.",
     "line 8, method: give the text as nl, fr and en"),
    ("text null", METHOD, "method: null",
     "line 8, method: give the text as nl, fr and en"),
    ("text a list", METHOD, "method: [Luisteren.]",
     "line 8, method: give the text as nl, fr and en"),
    ("summary too long", "nl: Ouders praten.", "nl: " + "o" * 301,
     "line 6, summary: Ensure this value has at most 300 characters (it has 301)"),
    ("no sources", "en: Listening., sources: [T1, T2]", "en: Listening.",
     "line 8, method: a filled field names its sources"),
    ("empty sources", "sources: [T1, T2]", "sources: []",
     "line 8, method: a filled field names its sources"),
    ("sources one text", "sources: [T1, T2]", "sources: T1",
     "line 8, sources: give a list of texts (codes of digits in quotes)"),
    ("source a number", "sources: [T1, T2]", "sources: [1]",
     "line 8, sources: give a list of texts (codes of digits in quotes)"),
    ("source a list", "sources: [T1, T2]", "sources: [[T1]]",
     "line 8, sources: give a list of texts (codes of digits in quotes)"),
    ("unknown source", "sources: [T1, T2]", "sources: [T1, T3]",
     "line 8, method: 'T3' does not exist"),
    ("unknown certainty", "certainty: probable", "certainty: sure",
     "line 7, aims: certainty is one of stated, probable, inferred, title"),
    ("certainty a list", "certainty: probable", "certainty: [probable]",
     "line 7, aims: certainty is one of stated, probable, inferred, title"),
    ("note a number", "note: page 4", "note: 4",
     "line 7, aims: the note is one text"),
    ("note too long", "note: page 4", "note: " + "o" * 301,
     "line 7, aims: Ensure this value has at most 300 characters (it has 301)"),
    ("slug with a space", "nl: praattafel,", "nl: praat tafel,",
     "line 4, slug: 'praat tafel' may hold a-z, 0-9 and hyphens only"),
    ("slug with a capital", "nl: praattafel,", "nl: Praattafel,",
     "line 4, slug: 'Praattafel' may hold a-z, 0-9 and hyphens only"),
    ("slug too long", "nl: praattafel,", "nl: " + "o" * 101 + ",",
     "line 4, slug: Ensure this value has at most 100 characters (it has 101)"),
    ("unknown place", "BE-BRU]", '"99999"]',
     "line 9, coverage: '99999' does not exist"),
    ("place without quotes", '["44021", BE-BRU]', "[44021]",
     "line 9, coverage: give a list of texts (codes of digits in quotes)"),
    ("places empty", '["44021", BE-BRU]', "[]",
     "line 9, coverage: give at least one of values, or leave the field out"),
    ("places one text", '["44021", BE-BRU]', '"44021"',
     "line 9, coverage: give a list of texts (codes of digits in quotes)"),
    ("places as value", "coverage: {values:", "coverage: {value:",
     "line 9, value: this field does not exist"),
    ("places without sources", '{values: ["44021", BE-BRU], sources: [T2]}', "[BE-BRU]",
     "line 9, coverage: give values and sources"),
    ("places null", '{values: ["44021", BE-BRU], sources: [T2]}', "null",
     "line 9, coverage: give values and sources"),
    ("unknown language of help", "{values: [nl],", "{values: [xx],",
     "line 10, help_languages: 'xx' does not exist"),
    ("no as language of help", "{values: [nl],", "{values: [no],",
     "line 10, help_languages: give a list of texts (codes of digits in quotes)"),
    ("unknown actor", "value: house", "value: castle",
     "line 5, lead_actor: 'castle' does not exist"),
    ("actor a list", "value: house", "value: [house]",
     "line 5, lead_actor: give one text as value (a code of digits in quotes)"),
    ("unknown cost", "value: free", "value: cheap",
     "line 11, cost: Value 'cheap' is not a valid choice"),
    ("cost a number", "value: free", "value: 0",
     "line 11, cost: give one text as value (a code of digits in quotes)"),
    ("cost empty", "value: free", 'value: ""',
     "line 11, cost: give one text as value (a code of digits in quotes)"),
    ("cost a plain text", "{value: free, sources: [T1]}", "free",
     "line 11, cost: give value and sources"),
    ("unknown term", "[parents]", "[grandparents]",
     "line 14, terms.target_group: 'grandparents' does not exist"),
    ("unknown taxonomy", "target_group:", "season:",
     "line 14, terms.season: 'season' does not exist"),
    ("terms a list", "\n  target_group: {values: [parents], sources: [T1]}", " [parents]",
     "line 13, terms: give taxonomies and their terms"),
    ("terms null", "\n  target_group: {values: [parents], sources: [T1]}", " null",
     "line 13, terms: give taxonomies and their terms"),
    ("terms without sources", "{values: [parents], sources: [T1]}", "{values: [parents]}",
     "line 14, target_group: a filled field names its sources"),
    ("terms with an unknown source",
     "{values: [parents], sources: [T1]}", "{values: [parents], sources: [T3]}",
     "line 14, terms.target_group: 'T3' does not exist"),
    ("unknown operating status", "value: ended", "value: closed",
     "line 12, operating_status: Value 'closed' is not a valid choice"),
    ("ended without a date", 'ended, date: "2019",', "ended,",
     "line 12, operating_status: "
     "Say when it ended or was renamed, or tick that the date is unknown"),
    ("date known and unknown", 'date: "2019",', 'date: "2019", date_unknown: true,',
     "line 12, operating_status: The date is either given or unknown, not both"),
    ("date a word", 'date: "2019"', "date: spring",
     "line 12, date: Write a year, a month or a day: 2016, 2016-02 or 2016-02-15"),
    ("date impossible", 'date: "2019"', "date: 2019-13",
     "line 12, date: Write a year, a month or a day: 2016, 2016-02 or 2016-02-15"),
    ("date not in the calendar", 'date: "2019"', "date: 2019-02-30",
     "line 12, date: Write a year, a month or a day: 2016, 2016-02 or 2016-02-15"),
    ("date unknown a text", 'date: "2019"', 'date_unknown: "yes"',
     "line 12, date_unknown: give true or false"),
    ("status a plain text", '{value: ended, date: "2019", sources: [T1]}', "ended",
     "line 12, operating_status: give value and sources"),
    ("status without value", "value: ended, ", "",
     "line 12, operating_status: give one text as value"),
    ("contacts a mapping", CONTACTS, "contacts: " + PHONE + "\n",
     "line 15, contacts: give a list of contacts, each with kind, value, year and source"),
    ("contacts null", CONTACTS, "contacts: null\n",
     "line 15, contacts: give a list of contacts, each with kind, value, year and source"),
    ("contact a plain text", "- " + PHONE, '- "078 15 00 10"',
     "line 15, contacts: give a list of contacts, each with kind, value, year and source"),
    ("contact without source", ", year: 2016, source: T1}", ", year: 2016}",
     "line 16, source: is missing: a contact has kind, value, year and source"),
    ("contact without year", "year: 2016, ", "",
     "line 16, year: is missing: a contact has kind, value, year and source"),
    ("contact with an unknown source", "year: 2016, source: T1}", "year: 2016, source: T3}",
     "line 15, contacts: 'T3' does not exist"),
    ("contact with a list of sources", "year: 2016, source: T1}", "year: 2016, source: [T1]}",
     "line 16, source: give one text (a number or a date in quotes)"),
    ("contact with sources", "year: 2016, source: T1}", "year: 2016, sources: [T1]}",
     "line 16, sources: this field does not exist"),
    ("contact of unknown kind", "kind: phone", "kind: fax",
     "line 15, contacts: Value 'fax' is not a valid choice"),
    ("contact with an unknown certainty",
     "year: 2016, source: T1}", "year: 2016, source: T1, certainty: sure}",
     "line 15, contacts: Value 'sure' is not a valid choice"),
    ("phone with letters", '"078 15 00 10"', '"078 CALL"',
     "line 15, contacts: Write a phone number in groups of digits, for example 078 15 00 10"),
    ("phone a number", '"078 15 00 10"', "78150010",
     "line 16, value: give one text (a number or a date in quotes)"),
    ("website without scheme", '"https://example.org/"', "example.org",
     "line 15, contacts: Write a web address that starts with http:// or https://"),
    ("e-mail without at", 'kind: phone, value: "078 15 00 10"', "kind: email, value: example.org",
     "line 15, contacts: Write an e-mail address, for example info@example.org"),
    ("year a text", "year: 2016", 'year: "2016"',
     "line 16, year: give a whole number, or null"),
    ("year true", "year: 2016", "year: true",
     "line 16, year: give a whole number, or null"),
    ("year a fraction", "year: 2016", "year: 2016.5",
     "line 16, year: give a whole number, or null"),
    ("year far away", "year: 2016", "year: 20160",
     "line 16, year: give a whole number, or null"),
    ("protected phone", "year: 2016, source: T1}",
     'year: 2016, source: T1, is_protected: true, municipality: "44021"}',
     "line 15, contacts: Only an address can be protected"),
    ("protected without municipality",
     'kind: phone, value: "078 15 00 10", year: 2016,',
     "kind: address, value: Straat 1, is_protected: true, year: 2016,",
     "line 15, contacts: Give the municipality of a protected address"),
    ("protected a text", "year: 2016, source: T1}", 'year: 2016, source: T1, is_protected: "yes"}',
     "line 16, is_protected: give true or false"),
    ("unknown municipality",
     "year: 2016, source: T1}", 'year: 2016, source: T1, municipality: "99999"}',
     "line 15, contacts: '99999' does not exist"),
    ("control character", "nl: Steun.", "nl: Ste\x07un.",
     "line 1, YAML: unacceptable character #x0007: special characters are not allowed"),
    ("nested too deep", "nl: Steun.", "nl: " + "[" * 500 + "]" * 500,
     "line 1, YAML: the file is nested too deep"),
]
BAD_SOURCES = [
    ("list with a plain text", "- key: T2", "- T2\n- key: T3",
     "line 6, YAML: a record is a mapping of fields"),
    ("same source twice", "key: T2", "key: T1",
     "line 6, key: T1 stands there twice"),
    ("source without publisher", "  publisher: De Krant\n", "",
     "line 1, publisher: This field cannot be blank"),
    ("publisher empty", "De Krant", '""',
     "line 2, publisher: give the text as nl, fr and en"),
    ("unknown kind of source", "kind: press", "kind: rumour",
     "line 3, kind: Value 'rumour' is not a valid choice"),
    ("bad web address", "https://example.org/1", "example",
     "line 4, url: Enter a valid URL"),
    ("year of source a text", "year: 2018", 'year: "2018"',
     "line 5, year: give a whole number, or null"),
    ("year inferred but absent", 'date: "2016-02"', "year_inferred: true",
     "line 9, year_inferred: Constraint “inferred_year_is_stated” is violated"),
    ("date of source a word", '"2016-02"', "winter",
     "line 9, date: Write a year, a month or a day: 2016, 2016-02 or 2016-02-15"),
    ("date of source impossible", '"2016-02"', "2016-02-31x",
     "line 9, date: Write a year, a month or a day: 2016, 2016-02 or 2016-02-15"),
    ("title a list", "year: 2018", "year: 2018\n  title: [a]",
     "line 6, title: give one text (a number or a date in quotes)"),
]
BAD_TAXONOMIES = [
    ("same term twice", "code: siblings", "code: parents",
     "line 7, key: target_group.parents stands there twice"),
    ("terms one text", TERMS, "  terms: parents\n",
     "line 4, terms: give a list of terms"),
    ("terms null", TERMS, "  terms: null\n",
     "line 4, terms: give a list of terms"),
    ("term without code", "    - code: siblings\n      name", "    - name",
     "line 7, code: is missing"),
    ("term a plain text", SIBLINGS, "    - siblings\n",
     "line 4, terms: give a list of terms"),
    ("term with a taxonomy", "      sources: [T2]", "      taxonomy: other",
     "line 9, taxonomy: this field does not exist"),
    ("term with an unknown source", "[T2]", "[T3]",
     "line 9, sources: 'T3' does not exist"),
    ("taxonomy without code", "- code: target_group\n  name", "- name",
     "line 1, code: is missing"),
    ("taxonomy code malformed", "target_group", "Target Group",
     "line 1, code: Enter a valid value"),
    ("sources of taxonomy one text", "  sources: [T1]", "  sources: T1",
     "line 3, sources: give a list of texts (codes of digits in quotes)"),
]
BAD_LANGUAGES = [
    ("same language twice", "code: fr", "code: nl",
     "line 3, code: nl stands there twice"),
    ("order a text", "- code: fr", "- order: first\n  code: fr",
     "line 3, order: give a whole number, or null"),
]
BAD_ACTOR = [
    ("unknown sector", "[family]", "[circus]",
     "line 4, sectors: 'circus' does not exist"),
    ("unknown seat", '"44021"', '"00000"',
     "line 5, seat: '00000' does not exist"),
    ("unknown legal form", "non_profit", "club",
     "line 3, legal_form: Value 'club' is not a valid choice"),
    ("actor code malformed", "code: house", "code: the house",
     "line 1, code: Enter a valid “slug” consisting of letters, numbers, underscores or hyphens"),
]
BAD_HELP_LINES = [
    ("help line with letters", "0800 11 222", "0800 HELP",
     "line 2, number: Write a phone number in groups of digits, for example 078 15 00 10"),
    ("help line number a number", '"0800 11 222"', "112",
     "line 2, number: give one text (a number or a date in quotes)"),
    ("help line with an unknown language", "[nl]", "[xx]",
     "line 5, languages: 'xx' does not exist"),
    ("help line with an unknown cost", "cost: free", "cost: partly",
     "line 6, cost: Value 'partly' is not a valid choice"),
    ("help line urgent a text", "cost: free", 'urgent: "yes"',
     "line 6, urgent: give true or false"),
    ("help line without purpose",
     "  purpose: {nl: Om te praten., fr: Pour parler., en: For talking.}\n", "",
     "line 1, purpose: This field cannot be blank"),
    ("text with another source", "en: Line, sources: [T1]", "en: Line, sources: [T2]",
     "line 3, sources: 'T2' is not among the sources of the record"),
]
# fmt: on

BAD = {
    PRACTICE: BAD_PRACTICE,
    "sources/list.yaml": BAD_SOURCES,
    "taxonomies.yaml": BAD_TAXONOMIES,
    "languages.yaml": BAD_LANGUAGES,
    "actors/house.yaml": BAD_ACTOR,
    "help_lines.yaml": BAD_HELP_LINES,
}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        pytest.param(name, old, new, told, id=f"{name} {what}")
        for name, changes in BAD.items()
        for what, old, new, told in changes
    ],
)
def test_bad_entry_is_refused(folder, name, old, new, told):
    change(folder, name, old, new)

    assert refusal(folder) == f"{name}, {told}. Nothing was loaded."


@pytest.mark.parametrize("name", FILES)
def test_empty_file_is_refused(folder, name):
    (folder / name).write_text("")

    assert refusal(folder) == (
        f"{name}, line 1, YAML: a record is a mapping of fields. Nothing was loaded."
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"# later\n", "a record is a mapping of fields", id="comment only"),
        pytest.param(b"VB01\n", "a record is a mapping of fields", id="one word"),
        pytest.param("- café\n".encode("latin-1"), "the file is not UTF-8 text", id="not UTF-8"),
    ],
)
def test_bad_file_is_refused(folder, content, told):
    (folder / PRACTICE).write_bytes(content)

    assert refusal(folder) == f"{PRACTICE}, line 1, YAML: {told}. Nothing was loaded."


def test_missing_file_is_refused(folder):
    (folder / "sectors.yaml").unlink()

    assert (
        refusal(folder) == "sectors.yaml, line 1, file: there is no such file. Nothing was loaded."
    )


def test_folder_in_place_of_a_file_is_refused(folder):
    (folder / "practices/VB02.yaml").mkdir()

    assert refusal(folder) == (
        "practices/VB02.yaml, line 1, file: cannot be read (Is a directory). Nothing was loaded."
    )


def test_code_of_another_file_is_refused(folder):
    (folder / "practices/VB02.yaml").write_text(FILES[PRACTICE], encoding="utf-8")

    assert refusal(folder) == (
        "practices/VB02.yaml, line 1, code: VB01 stands there twice. Nothing was loaded."
    )


def test_slug_of_another_file_is_refused(folder):
    text = FILES[PRACTICE].replace("VB01", "VB02").replace("praattafel", "vrouwentafel")
    text = text.replace("talking-table", "womens-table")
    (folder / "practices/VB02.yaml").write_text(text, encoding="utf-8")

    assert refusal(folder) == (
        "practices/VB02.yaml, line 4, slug: Practice with this Slug [fr] already exists. "
        "Nothing was loaded."
    )


def test_slug_of_a_curators_practice_is_refused(folder):
    make_practice(code="VB99", slug_en="talking-table")

    assert refusal(folder) == (
        "practices/VB01.yaml, line 4, slug: Practice with this Slug already exists. "
        "Nothing was loaded."
    )


def test_bad_file_leaves_what_was_loaded(folder):
    load_content(folder)
    change(folder, PRACTICE, "nl: Steun.", "nl: Hulp.")
    change(folder, "help_lines.yaml", "cost: free", "cost: partly")

    assert refusal(folder) == (
        "help_lines.yaml, line 6, cost: Value 'partly' is not a valid choice. Nothing was loaded."
    )
    assert Practice.objects.get().aims_nl == "Steun."


def test_date_without_quotes_is_a_text(folder):
    change(folder, "sources/list.yaml", '"2016-02"', "2016-02-15")

    load_content(folder)

    assert Source.objects.get(key="T2").dated_on == "2016-02-15"
