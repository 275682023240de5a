"""What in a text may lead to a person: asked about, never decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.consultations.identifying import findings

pytestmark = pytest.mark.django_db


def found(text):
    return [finding.text for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Zijn nummer is 93.05.18-223.61, denk ik", ["93.05.18-223.61"]),
        ("NISS 93051822361.", ["93051822361"]),
        ("Bel 0470 12 34 56 of 02/511.22.33", ["0470 12 34 56", "02/511.22.33"]),
        ("Appelez le +32 470 12 34 56", ["+32 470 12 34 56"]),
        ("Mail: vader@thuis.be", ["vader@thuis.be"]),
        ("Hij woont in de Kerkstraat 12 in Gent", ["Kerkstraat 12"]),
        ("Il habite rue de la Loi 16", ["rue de la Loi 16"]),
        ("Il habite 16, rue de la Loi", ["16, rue de la Loi"]),
        ("geboren op 12/03/2004", ["12/03/2004"]),
        ("né le 1er mars 2004 à Liège", ["1er mars 2004"]),
        ("born on 12 March 2004", ["12 March 2004"]),
        ("De moeder is mevrouw El Khatib.", ["mevrouw El Khatib"]),
        ("Nous suivons M. Dupont depuis mai", ["M. Dupont"]),
        ("Zoubida Elkhatib komt elke week", ["Zoubida Elkhatib"]),
        ("Jan van den Berghe", ["Jan van den Berghe"]),
        ("Son frère Youssef ne parle plus", ["Youssef"]),
    ],
)
def test_what_leads_to_a_person_is_found(text, wanted):
    assert found(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Een jongen van zestien praat niet meer met zijn moeder.",
        "Hoe praten we met de ouders over Telegram en Facebook?",
        "Depuis 2023 la mère ne sort plus. Le CPAS de Verviers nous demande conseil.",
        "In Gent zijn er drie scholen met 450 leerlingen.",
        "The family came from Syria in 2015 and lives in Brussels.",
        "Op maandag 3 keer, om 14 uur, 12 weken lang.",
        "Het Huis van het Kind helpt ons.",
        "Nous avons 2 000 habitants et 15 écoles.",
        "",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text):
    assert found(text) == []


def test_each_is_told_once_in_the_order_of_the_text():
    text = "Youssef, 0470 12 34 56. Youssef belt vaak."

    assert found(text) == ["Youssef", "0470 12 34 56"]


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(finding.text in text for finding in findings(text))
