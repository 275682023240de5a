"""The page "Whom can I call" in German and Arabic, and the tick of its native speaker."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse

from guide import call_texts
from guide.call_texts import call_text
from guide.models import NativeReading
from tests.factories import make_help_line
from tests.pages import address, get, links, text
from tests.staff import come_in

pytestmark = pytest.mark.django_db
FURTHER = ("de", "ar")
ENGLISH_WORDS = re.compile(r"\b(Call|Exit|Language|Languages|Skip|source|Help)\b")


def page(language):
    return get(f"/{language}/")


def reading(language):
    return NativeReading.objects.get(language=language)


@pytest.fixture
def boss():
    return get_user_model().objects.create_superuser("boss")


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_page_says_its_language_and_direction(language, direction):
    response = page(language)

    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()
    assert response.headers["Content-Language"] == language
    assert not response.cookies


@pytest.mark.parametrize("language", FURTHER)
def test_title_is_neutral(language):
    title = page(language).content.decode().split("<title>")[1].split("</title>")[0]

    assert title == f"Family Support – {call_text(language)['kind']}"


@pytest.mark.parametrize("language", FURTHER)
def test_no_english_word_stands_around_it(language):
    make_help_line(code="tele-onthaal", number="106", languages=["nl"], needs=["talk"], year=2025)
    body = page(language).content.decode().split("<body>")[1]

    assert not ENGLISH_WORDS.findall(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("language", FURTHER)
@pytest.mark.parametrize("site_language", ["nl", "fr", "en"])
def test_every_page_leads_there_and_it_leads_back(language, site_language):
    there = get(address("about", language=site_language)).content.decode()

    assert re.search(rf'<a href="/{language}/" lang="{language}"', there)
    for name in ("help_line_list", "safety"):
        assert address(name, language=site_language) in links(page(language))


@pytest.mark.parametrize("language", FURTHER)
def test_urgent_numbers_stand_even_without_any_line(language):
    assert {"tel:112", "tel:101"} <= set(links(page(language)))


@pytest.mark.parametrize("language", FURTHER)
def test_lines_that_speak_the_language_come_before_the_others(language):
    make_help_line(code="caprev", number="0800 111 72", languages=["fr"], needs=["radicalisation"])
    make_help_line(code="new", number="0800 99 999", languages=[language, "nl"])

    words = text(page(language))

    assert words.index("0800 99 999") < words.index("0800 111 72")
    assert call_text(language)["speaking"] in words
    assert call_text(language)["none_speaking"] not in words


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Unsere Quellen nennen nur eine Sprache: Französisch. Kostenlos."),
        ("ar", "تذكر مصادرنا لغة واحدة فقط: الفرنسية. مجاني."),
    ],
)
def test_line_of_another_language_says_so_in_plain_words(language, told):
    make_help_line(
        code="caprev", number="1", languages=["fr"], needs=["radicalisation"], cost="free"
    )

    words = text(page(language))

    assert told in words
    assert call_text(language)["none_speaking"] in words


@pytest.mark.parametrize("language", FURTHER)
def test_name_need_not_be_given_only_where_a_source_says_so(language):
    anonymous = re.compile(rf"\. {re.escape(call_text(language)['anonymous'])}")
    line = make_help_line(code="caprev", number="1", languages=["fr"], needs=["radicalisation"])
    assert not anonymous.search(text(page(language)))

    line.anonymity = "anonymous"
    line.save()

    assert anonymous.search(text(page(language)))


@pytest.mark.parametrize("language", FURTHER)
def test_number_has_the_year_of_its_source(language):
    line = make_help_line(code="caprev", number="1", needs=["radicalisation"], year=2017)
    assert call_text(language)["year"] % 2017 in text(page(language))

    line.year = None
    line.save()

    assert call_text(language)["undated"] in text(page(language))


@pytest.mark.parametrize("language", FURTHER)
def test_hidden_lines_never_appear(language):
    needs = ["radicalisation"]
    make_help_line(code="caprev", number="5550", needs=needs, editorial_status="draft")
    make_help_line(code="awel", number="5551", languages=[language], editorial_status="archived")
    make_help_line(number="5552", languages=[language], audience="professionals")
    make_help_line(code="tele-accueil", number="5553", needs=["talk"])

    body = page(language).content.decode()

    assert "tel:5553" in body
    assert not re.findall("tel:555[012]", body)
    assert call_text(language)["lines"]["caprev"]["what"] not in body


@pytest.mark.parametrize("language", FURTHER)
def test_numbers_read_from_left_to_right(language):
    make_help_line(code="caprev", number="0800 111 72", needs=["radicalisation"])

    assert '<bdi dir="ltr">0800\N{NO-BREAK SPACE}111\N{NO-BREAK SPACE}72</bdi>' in page(
        language
    ).content.decode().replace("&nbsp;", "\N{NO-BREAK SPACE}")


def test_both_texts_have_the_same_parts():
    german, arabic = call_text("de"), call_text("ar")

    assert set(german) == set(arabic)
    assert set(german["needs"]) == set(arabic["needs"])
    assert set(german["lines"]) == set(arabic["lines"])


@pytest.mark.parametrize("language", FURTHER)
def test_unchanged_page_is_not_sent_again_whatever_the_browser_speaks(language):
    first = get(f"/{language}/", accept_language="fr")

    again = get(f"/{language}/", accept_language="nl", if_none_match=first.headers["ETag"])

    assert again.status_code == 304


# --- The tick ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", FURTHER)
def test_page_says_that_nobody_has_read_it_until_a_curator_ticks(language, boss):
    unread = call_text(language)["unread"]
    assert unread in text(page(language))

    reading(language).tick(boss)

    assert unread not in text(page(language))


def test_tick_holds_for_its_own_language_only(boss):
    reading("de").tick(boss)

    assert call_text("ar")["unread"] in text(page("ar"))


def test_change_of_the_text_takes_the_tick_away(boss, monkeypatch):
    reading("de").tick(boss)
    monkeypatch.setattr(call_texts, "source", lambda language: b"title: Neu")

    assert not reading("de").is_valid


def test_tick_in_the_admin_notes_who_and_when(client, boss):
    come_in(client, boss)
    change = reverse("admin:guide_nativereading_change", args=[reading("ar").pk])

    client.post(change, {"is_read": "on"})
    ticked = reading("ar")
    client.post(change, {})
    unticked = reading("ar")

    assert (ticked.is_valid, ticked.read_by) == (True, boss)
    assert isinstance(ticked.read_on, date)
    assert (unticked.is_read, unticked.read_by, unticked.read_on) == (False, None, None)


def test_old_tick_is_not_shown_in_the_form_so_that_saving_does_not_renew_it(client, boss):
    reading("de").tick(boss)
    NativeReading.objects.update(text_fingerprint="older")
    come_in(client, boss)
    change = reverse("admin:guide_nativereading_change", args=[reading("de").pk])

    (box,) = re.findall(r'<input[^>]*name="is_read"[^>]*>', client.get(change).content.decode())
    assert "checked" not in box


def test_languages_are_fixed_in_the_admin(client, boss):
    come_in(client, boss)
    row = reading("de")

    assert client.get(reverse("admin:guide_nativereading_add")).status_code == 403
    delete = reverse("admin:guide_nativereading_delete", args=[row.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert {row.language for row in NativeReading.objects.all()} == {"de", "ar"}


def test_reading_without_its_day_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        NativeReading.objects.filter(language="de").update(is_read=True)
