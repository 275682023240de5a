"""A small and complete content folder, for tests that change one thing in it."""

from pathlib import Path

FILES = {
    "languages.yaml": """\
- code: nl
  name: {nl: Nederlands, fr: néerlandais, en: Dutch}
- code: fr
  name: {nl: Frans, fr: français, en: French}
""",
    "sectors.yaml": """\
- code: family
  name: {nl: gezin, fr: famille, en: family}
""",
    "needs.yaml": """\
- code: talk
  name: {nl: praten, fr: parler, en: talking}
""",
    "sources/list.yaml": """\
- key: T1
  publisher: De Krant
  kind: press
  url: "https://example.org/1"
  year: 2018
- key: T2
  publisher: {nl: Stad, fr: Ville, en: City}
  kind: website
  date: "2016-02"
""",
    "synonyms.yaml": """\
- code: mother
  words: [moeder, mama, mère]
  leads_to: [ouders]
  language: ""
""",
    "taxonomies.yaml": """\
- code: target_group
  name: {nl: doelgroep, fr: public, en: audience}
  sources: [T1]
  terms:
    - code: parents
      name: {nl: ouders, fr: parents, en: parents}
    - code: siblings
      name: {nl: broers en zussen, fr: fratrie, en: siblings}
      sources: [T2]
""",
    "situation_rules.yaml": """\
- code: signs
  terms:
    target_group: [parents]
""",
    "network_roles.yaml": """\
- code: trainer
  name: {nl: vormingsgever, fr: formateur, en: trainer}
""",
    "expert_themes.yaml": """\
- code: competences
  name: {nl: competenties, fr: compétences, en: competences}
  sources: [T1]
""",
    "theme_rules.yaml": """\
- theme: competences
  terms:
    target_group: [parents]
  offer_kinds: [training]
""",
    "offers/house-training.yaml": """\
code: house-training
actor: {value: house, sources: [T1]}
name: {nl: Vorming, fr: Formation, en: Training, sources: [T1]}
kind: {value: training, sources: [T1]}
""",
    "trainings/house-day.yaml": """\
code: house-day
name: {nl: Studiedag, fr: Journée, en: Study day, sources: [T1]}
summary: {nl: Je leert., fr: Vous apprenez., en: You learn., sources: [T1]}
providers: {values: [house], sources: [T1]}
offer: {value: house-training, sources: [T1]}
forms: {values: [full_day], sources: [T1]}
status: {value: offered, date: "2023-11", sources: [T2]}
themes: [competences]
practices: [VB01]
""",
    "actors/house.yaml": """\
code: house
name: {nl: Het Huis, fr: La Maison, en: The House, sources: [T1]}
legal_form: {value: non_profit, sources: [T1]}
sectors: {values: [family], sources: [T1]}
seat: {value: "44021", sources: [T2]}
""",
    "practices/VB01.yaml": """\
code: VB01
title_only: false
name: {nl: Praattafel, fr: Table de parole, en: Talking table, sources: [T1]}
slug: {nl: praattafel, fr: table-de-parole, en: talking-table}
lead_actor: {value: house, sources: [T1]}
summary: {nl: Ouders praten., fr: Des parents parlent., en: Parents talk., sources: [T1]}
aims: {nl: Steun., fr: Soutien., en: Support., sources: [T1], certainty: probable, note: page 4}
method: {nl: Luisteren., fr: Écouter., en: Listening., sources: [T1, T2]}
coverage: {values: ["44021", BE-BRU], sources: [T2]}
help_languages: {values: [nl], sources: [T2]}
cost: {value: free, sources: [T1]}
operating_status: {value: ended, date: "2019", sources: [T1]}
terms:
  target_group: {values: [parents], sources: [T1]}
contacts:
  - {kind: phone, value: "078 15 00 10", year: 2016, source: T1}
  - {kind: website, value: "https://example.org/", year: null, source: T2}
""",
    "help_lines.yaml": """\
- code: line
  number: "0800 11 222"
  name: {nl: Lijn, fr: Ligne, en: Line, sources: [T1]}
  purpose: {nl: Om te praten., fr: Pour parler., en: For talking.}
  languages: [nl]
  cost: free
  year: 2017
  sources: [T1]
  needs: [talk]
""",
    "publications.yaml": """\
- code: mapping
  title: {nl: Een kaart, fr: Une carte, en: A map}
  summary: {nl: Wie wat doet., fr: Qui fait quoi., en: Who does what.}
  kind: mapping
  publishers: [house]
  year: 2018
  dated_on: "2018-03"
  languages: [nl]
  links: [{url: "https://example.org/map", language: nl}]
  sources: [T1]
""",
    "events.yaml": """\
- code: meeting
  name: {nl: Een dag, fr: Une journée, en: A day}
  summary: {nl: Iedereen kwam., fr: Tous sont venus., en: Everybody came.}
  starts_on: "2018-03-01"
  place: "44021"
  kind: conference
  sources: [T1]
""",
    "recommendation_parts.yaml": """\
- code: "6a"
  title: {nl: Kennis, fr: Savoir, en: Knowledge}
""",
    "recommendations.yaml": """\
- code: 6a-listen
  part: "6a"
  kind: recommendation
  statement: {nl: Luister eerst., fr: Écoutez d'abord., en: Listen first.}
  audiences: [workers]
  themes: [competences]
  terms: {target_group: [parents]}
  offer_kinds: [training]
  trainings: [house-day]
  sources: [T1]
""",
    "glossary.yaml": """\
- code: trust
  name: {nl: vertrouwen, fr: confiance, en: trust}
  forms: {nl: [vertrouwen], fr: [confiance], en: [trust]}
  definition: {nl: Je rekent op iemand., fr: On compte sur quelqu'un., en: You count on somebody.}
  related: [bond]
  sources: [T1]
- code: bond
  kind: annex
  name: {nl: band, fr: lien, en: bond}
  forms: {nl: [], fr: [], en: []}
  definition: {nl: Wat mensen bindt., fr: Ce qui unit., en: What ties people.}
  related: [trust]
  sources: [T1]
""",
}
PRACTICE = "practices/VB01.yaml"
RECORDS = {
    "language": 2,
    "sector": 1,
    "need": 1,
    "network_role": 1,
    "source": 2,
    "expert_theme": 1,
    "taxonomy": 1,
    "term": 2,
    "situation_rule": 1,
    "theme_rule": 1,
    "actor": 1,
    "actor_relations": 1,
    "offer": 1,
    "practice": 1,
    "training": 1,
    "help_line": 1,
    "publication": 1,
    "event": 1,
    "recommendation_part": 1,
    "recommendation": 1,
    "glossary_term": 2,
    "related_terms": 2,
    "synonym_group": 1,
}


def make_folder(folder: Path):
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
