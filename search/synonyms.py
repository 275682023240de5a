"""What else a word or phrase may be called: the synonym groups, ready for questions."""

from collections import defaultdict
from dataclasses import dataclass, field

from search.analysis import LANGUAGES, STOP_WORDS, stem, words
from search.models import SynonymGroup, one_a_line
from search.version import Remembered

LONGEST_PHRASE = 3
SAME, LEADS_TO = 0.3, 0.2


@dataclass
class Thesaurus:
    """(language, stems of a phrase) → the groups it stands in."""

    groups: dict = field(default_factory=lambda: defaultdict(list))

    def add(self, group):
        phrases = one_a_line(group.words)
        targets = [(phrase, SAME) for phrase in phrases]
        targets += [(phrase, LEADS_TO) for phrase in one_a_line(group.leads_to)]
        for phrase in phrases:
            for language in [group.language] if group.language else LANGUAGES:
                self.groups[language, stems(phrase, language)].append(targets)

    def knows(self, word):
        return any((language, (stem(word, language),)) in self.groups for language in LANGUAGES)

    def expansions(self, phrase, language):
        """(language, stems, weight) of everything the words of a phrase may also be called."""
        found = self.groups.get((language, tuple(stem(word, language) for word in phrase)), [])
        for targets in found:
            for target, weight in targets:
                for target_language in LANGUAGES:
                    yield target_language, stems(target, target_language), weight


def stems(phrase, language):
    found = words(phrase)
    carrying = [word for word in found if word not in STOP_WORDS[language]] or found
    return tuple(stem(word, language) for word in carrying)


def build(groups):
    """Ordered here and not by the database: PostgreSQL sorts hyphens in a way of its own."""
    thesaurus = Thesaurus()
    for group in sorted(groups, key=lambda group: group.code):
        thesaurus.add(group)
    return thesaurus


remembered = Remembered(lambda: build(SynonymGroup.objects.all()))
