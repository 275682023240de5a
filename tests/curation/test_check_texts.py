import pytest
from django.core.management import CommandError, call_command

from tests.factories import in_all, make_actor, make_help_line, make_practice

pytestmark = pytest.mark.django_db


def check(capsys, *options):
    call_command("check_texts", *options)
    return capsys.readouterr().out.splitlines()


def test_findings_stand_below_their_record(capsys):
    make_practice("BE11", name_en="House", summary_nl="De doelgroep.", summary_fr="Qui ?")

    told = check(capsys, "--kind", "practice")

    assert told == [
        "practice BE11 House",
        "  summary nl: “doelgroep”: A word of our trade: families do not use it. Say: voor wie",
        "  summary fr: “?” wants a no-break space (Alt 0160, on a Mac ⌥ and the space bar). "
        "“Qui ?”",
        "              nl    fr",
        "french         0     1",
        "word           1     0",
        "remarks: 2",
    ]


def test_one_language_leaves_the_others_out(capsys):
    make_practice("BE11", summary_nl="De doelgroep.", summary_fr="Qui ?")

    assert check(capsys, "--kind", "practice", "--language", "fr")[-1] == "remarks: 1"


def test_drafts_are_checked_only_when_asked(capsys):
    make_practice("BE11", summary_nl="De doelgroep.", editorial_status="draft")
    texts = in_all("description", "De") | {"description_nl": "Een doelgroep."}
    make_actor(editorial_status="draft", **texts)

    assert check(capsys, "--totals")[-1] == check(capsys, "--totals", "--kind", "interface")[-1]
    assert check(capsys, "--kind", "practice", "--drafts")[-1] == "remarks: 1"
    assert check(capsys, "--kind", "actor", "--drafts")[-1] == "remarks: 1"


def test_missing_translation_fails_a_strict_check(capsys):
    make_help_line(hours_nl="Elke dag.")

    with pytest.raises(CommandError) as refusal:
        check(capsys, "--kind", "help_line", "--strict")

    assert str(refusal.value) == "2 missing translations"
    assert refusal.value.returncode == 1


def test_advice_fails_no_strict_check(capsys):
    make_practice(summary_nl="De doelgroep.")

    assert check(capsys, "--kind", "practice", "--strict")[-1] == "remarks: 1"


def test_situations_of_the_finder_have_no_word_to_avoid(capsys):
    assert check(capsys, "--kind", "situation")[-1] == "remarks: 0"


def test_pages_for_readers_lack_no_translation(capsys):
    assert check(capsys, "--kind", "interface", "--strict")
