"""What in a text may lead to a person: asked about, never decided."""

import timeit

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
        ("KARIM BENALI komt niet meer", ["KARIM BENALI"]),
        ("karim benali komt niet meer", ["karim"]),
        ("Met Karim Benali gaat het beter", ["Karim Benali"]),
        ("Çağlar Yıldız woont bij zijn oma", ["Çağlar Yıldız"]),
        ("Nguyễn Quỳnh is hier", ["Nguyễn Quỳnh"]),
        ("Mohammed-Amine B. is weg", ["Mohammed-Amine B."]),
        ("Volgens mevr. janssens is hij weg", ["mevr. janssens"]),
        ("MEVROUW JANSSENS belde", ["MEVROUW JANSSENS"]),
        ("mme dupont a appelé", ["mme dupont"]),
        ("Jan's moeder en Jan’s vader", ["Jan"]),
        ("la mère d'Amina", ["Amina"]),
        ("Bel +32 (0)470 12 34 56", ["+32 (0)470 12 34 56"]),
        ("Bel +32470123456", ["+32470123456"]),
        ("geboren 2008-03-12", ["2008-03-12"]),
        ("Hij is geboren op 3 mei", ["geboren op 3 mei"]),
        ("née le 1er mars", ["née le 1er mars"]),
        ("Her birthday is on the 3rd of May", ["birthday is on the 3rd of May"]),
        ("Il habite 12 bis rue du Midi", ["12 bis rue du Midi"]),
        ("Il habite rue du Midi 12 bis", ["rue du Midi 12 bis"]),
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
        "Op 3 mei zitten we samen met het OCMW, het CAW en de LIVC.",
        "LIVC EN OCMW WERKEN SAMEN",
        "Mevrouw komt elke week langs en meneer zwijgt.",
        "De Vlaamse Gemeenschap en de Dienst Preventie betalen mee.",
        "Le 3 mai nous voyons la CSIL et le CPAS.",
        "Elle se marie bientôt ; madame est inquiète et monsieur ne vient plus.",
        "La Fondation Roi Baudouin et la Commission européenne nous soutiennent.",
        "On 3 May the mother said that her son had left.",
        "Family Support and the European Union paid for it.",
        "Child Focus said no.",
        "Dossier 2024-117, artikel 458, 12 gezinnen.",
        "",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text):
    assert found(text) == []


def test_each_is_told_once_in_the_order_of_the_text():
    text = "Youssef, 0470 12 34 56. Youssef belt vaak."

    assert found(text) == ["Youssef", "0470 12 34 56"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece",
    [
        "a-",
        "Aa-",
        "Aa ",
        "KA ",
        "a@",
        "a.",
        "1-",
        "0 ",
        "rue a ",
        "straat",
        "12 bis ",
        "Mr. Aa Aa ",
    ],
)
def test_long_text_of_any_shape_takes_no_more_than_its_length(piece):
    short, long = (seconds_for((piece * size)[:size]) for size in (5_000, 20_000))

    assert long < 10 * short + 0.1  # four times, and room for a busy machine; squares make sixteen


def seconds_for(text):
    return min(timeit.repeat(lambda: findings(text), number=1, repeat=3))


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert all(finding.text in text for finding in findings(text))
