"""How much a practice weighs beside its words: whether it still works, and for whom it is near."""

from places.ladder import Ladder

# A record that ended or of which only the name is known answers less well.
STANDING = {0: 1.0, 1: 0.95, 2: 0.75}
TITLE_ONLY = 0.8
WIDE = 1.15
# Who tells a story looks for someone to talk to.
LISTENS = 1.6
NEARNESS = {
    "municipality": 1.6,
    "arrondissement": 1.5,
    "province": 1.4,
    "region": 1.3,
    "national": 1.2,
    "nearby": 0.7,
    "unstated": 0.9,
}
ELSEWHERE = 0.4


def weigher(directory):
    """The factor of a record: without a place, help for a whole region comes before local help."""

    def weigh(code, question):
        if code not in directory.standing:
            return 1
        usefulness, _ = directory.standing[code]
        weight = STANDING[usefulness % 10] * (TITLE_ONLY if directory.is_title_only(code) else 1)
        if question.is_story and code in directory.listens:
            weight *= LISTENS
        if question.places:
            return weight * nearness(directory, code, question.places)
        return weight * (WIDE if code in directory.serves_widely else 1)

    return weigh


def nearness(directory, code, places):
    ladder = ladder_of(directory, places[0])
    bit = 1 << directory.snapshot.positions[code]
    rung = next((rung for rung, mask in ladder.masks.items() if mask & bit), None)
    return NEARNESS.get(rung, ELSEWHERE)


def ladder_of(directory, meaning):
    ladders = directory.ladders
    if meaning.spot.code not in ladders:
        ladders.clear()
        ladders[meaning.spot.code] = Ladder(directory, [meaning.spot.code], meaning)
    return ladders[meaning.spot.code]
