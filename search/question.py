"""What a visitor's words ask for: corrected, split, and with everything else they may be called."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from places import mentions
from search import analysis
from search.analysis import LANGUAGES
from search.lexicon import is_word
from search.synonyms import LONGEST_PHRASE

WHOLE, JOINED, SAME_PARTS, ALL_PARTS, LONGER, COMPOUND, ONE_PART = 1, 0.9, 0.9, 0.8, 0.7, 0.4, 0.2
MOST_ALTERNATIVES = 40
STORY_WORDS = 10


@dataclass
class Asked:
    """One word of a question: language → alternatives (stems that stand together) → weight."""

    word: str
    is_known: bool = True
    is_place: bool = False
    alternatives: dict = field(default_factory=lambda: defaultdict(dict))

    def add(self, language, tokens, weight):
        held = self.alternatives[language]
        if tokens and len(held) < MOST_ALTERNATIVES:
            held[tokens] = max(weight, held.get(tokens, 0))


@dataclass
class Question:
    text: str
    language: str
    asked: list
    corrections: dict = field(default_factory=dict)
    places: list = field(default_factory=list)

    @property
    def required(self):
        """The words a record must hold: those that name a place only when there are no others."""
        return [word for word in self.asked if not word.is_place] or self.asked

    @property
    def is_place_only(self):
        return bool(self.places) and all(word.is_place for word in self.asked)

    @cached_property
    def is_story(self):
        """Someone tells what happens instead of naming what they look for."""
        return len(analysis.words(self.text)) >= STORY_WORDS

    @property
    def corrected_text(self):
        """The text with its misspelled words replaced, for the reader."""
        return analysis.replace_words(self.text, self.corrections)


@dataclass(frozen=True)
class Reader:
    """Reads questions with what is known today."""

    vocabulary: object
    thesaurus: object

    def read(self, text, language, *, correct=True):
        """`correct=False` takes every word as it was typed."""
        words = analysis.query_words(text, language)
        places, place_words = mentions.find(text)
        languages = {language, analysis.guess_language(words, language)}
        corrections = self.corrections(words, place_words, languages) if correct else {}
        if corrections:
            return self.read_corrected(text, language, words, corrections)
        asked = [self.asked(word, word in place_words) for word in words]
        self.add_joined(asked)
        self.add_synonyms(asked, languages)
        return Question(text, language, asked, {}, places)

    def read_corrected(self, text, language, words, corrections):
        known = " ".join(corrections.get(word, word) for word in words)
        question = self.read(known, language, correct=False)
        return replace(question, text=text, corrections=corrections)

    def is_known(self, word):
        return (
            word.isdigit()
            or self.vocabulary.knows(word)
            or bool(self.vocabulary.parts(word))
            or self.thesaurus.knows(word)
        )

    def corrections(self, words, place_words, languages):
        """What misspelled words may have meant; a word of the language is not misspelled."""
        found = {}
        for word in words:
            if word in place_words or self.is_known(word) or is_word(word, languages):
                continue
            nearest = self.vocabulary.corrected(word, mentions.single_names())
            if nearest:
                found[word] = nearest
        return found

    def asked(self, word, is_place):
        asked = Asked(word, is_place or self.is_known(word), is_place)
        for language in LANGUAGES:
            token = analysis.stem(word, language)
            asked.add(language, (token,), WHOLE)
            for longer in self.vocabulary.longer(token, language):
                asked.add(language, (longer,), LONGER)
        self.add_compounds(asked)
        return asked

    def add_compounds(self, asked):
        """The parts of a Dutch compound, and the compounds that the word is a part of."""
        parts = self.vocabulary.parts(asked.word)
        if parts:
            asked.add("nl", tuple(parts), ALL_PARTS)
            asked.add("nl", tuple(reversed(parts)), ALL_PARTS)
            for compound in sorted(self.vocabulary.compounds_of_parts[tuple(parts)]):
                asked.add("nl", (compound,), SAME_PARTS)
            for part in parts:
                asked.add("nl", (part,), ONE_PART)
        for compound in sorted(self.vocabulary.compounds.get(analysis.stem(asked.word, "nl"), ())):
            asked.add("nl", (compound,), COMPOUND)

    def add_joined(self, asked):
        """ "duo begeleiding" also asks for "duobegeleiding"."""
        for first, second in zip(asked, asked[1:], strict=False):
            joined = first.word + second.word
            if self.vocabulary.knows(joined):
                for language in LANGUAGES:
                    token = (analysis.stem(joined, language),)
                    first.add(language, token, JOINED)
                    second.add(language, token, JOINED)

    def add_synonyms(self, asked, languages):
        for length in range(1, LONGEST_PHRASE + 1):
            for start in range(len(asked) - length + 1):
                self.add_synonyms_of(asked[start : start + length], languages)

    def add_synonyms_of(self, phrase, languages):
        words = [one.word for one in phrase]
        for language in sorted(languages):
            for target, tokens, weight in self.thesaurus.expansions(words, language):
                for one in phrase:
                    one.add(target, tokens, weight)
