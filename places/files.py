"""The content files of the places, as rows ready for the database."""

import csv
import re
import unicodedata
from pathlib import Path

from places.models import NAME_LANGUAGES, Place, PlaceAlias, PostalCode

COUNTRY = {
    "kind": "country",
    "code": "BE",
    "name_nl": "België",
    "name_fr": "Belgique",
    "name_de": "Belgien",
    "name_en": "Belgium",
}


def read(folder: Path, name: str) -> list[dict]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(folder: Path) -> list[Place]:
    """Every place, the wider ones first."""
    rows = [COUNTRY]
    rows += [region(row) for row in read(folder, "regions")]
    rows += [
        names(row) | {"kind": "province", "code": row["code"]}
        for row in read(folder, "provinces")
        if row["kind"] == "province"
    ]
    rows += [
        names(row) | {"kind": "arrondissement", "code": row["nis_code"]}
        for row in read(folder, "arrondissements")
    ]
    rows += [municipality(row) for row in read(folder, "municipalities")]
    return [Place(**row) for row in rows] + localities(folder)


def names(row):
    return {f"name_{language}": row[f"name_{language}"] for language in NAME_LANGUAGES}


def region(row):
    short = {f"short_{language}": row[f"short_{language}"] for language in NAME_LANGUAGES}
    return names(row) | short | {"kind": row["kind"], "code": row["code"]}


def municipality(row):
    return names(row) | {
        "kind": "municipality",
        "code": row["nis_code"],
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "population": int(row["population"]),
    }


def localities(folder: Path) -> list[Place]:
    """One for each name within a municipality, whatever the number of its postal codes."""
    found = {}
    for row in read(folder, "postal_codes"):
        found.setdefault(locality_code(row), locality(row))
    return list(found.values())


def locality(row):
    own = row["locality_name"]
    return Place(
        kind="locality",
        code=locality_code(row),
        name_nl=row["locality_name_nl"] or own,
        name_fr=row["locality_name_fr"] or own,
        name_de=row["locality_name_de"] or own,
        name_en=own,
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
    )


def locality_code(row) -> str:
    """REFNIS code and name: "21004-laeken"."""
    plain = unicodedata.normalize("NFKD", row["locality_name"].lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return f"{row['nis_code']}-{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')}"


def containers(folder: Path) -> dict[str, list[str]]:
    """Code of a municipality or locality → codes of the places it lies in."""
    communities = {row["code"]: row["communities"].split(";") for row in read(folder, "regions")}
    found = {}
    for row in read(folder, "municipalities"):
        arrondissement = f"{row['nis_code'][:2]}000"
        around = [arrondissement, row["province_code"], row["region_code"], "BE"]
        around += communities_of(row, communities[row["region_code"]])
        found[row["nis_code"]] = list(dict.fromkeys(around))
    for row in read(folder, "postal_codes"):
        found[locality_code(row)] = [row["nis_code"]]
    return found


def communities_of(row, of_region):
    """All of the region's; in Wallonia the one whose language comes first."""
    if row["region_code"] != "BE-WAL":
        return of_region
    return ["COM-DE"] if row["language_regime"] == "de+fr" else ["COM-FR"]


def postal_codes(folder: Path, ids: dict[str, int]) -> list[PostalCode]:
    return [
        PostalCode(
            code=row["postal_code"],
            locality_id=ids[locality_code(row)],
            is_main=row["scope"] == "main",
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        )
        for row in read(folder, "postal_codes")
    ]


def aliases(folder: Path, ids: dict[str, int]) -> list[PlaceAlias]:
    return [
        PlaceAlias(
            place_id=ids[row["nis_code"]],
            name=row["alias"],
            language=row["language"],
            kind=row["kind"],
        )
        for row in read(folder, "aliases")
    ]
