"""Where sentences end and how many words they have. No database here."""

import re

# Words that carry a full stop and end no sentence. Those that may end one, such as "enz." and
# "etc.", are left out: there the next capital decides.
ABBREVIATIONS = {
    "nl": "art blz bv bijv ca dhr dr excl evt incl max mevr min nl nr prof resp st tel vgl zgn",
    "fr": "apr art av bd boul chap dr env ex fig max min mme mm mlle pp prof réf st ste tél vol",
    "en": "approx art dr eg fig ie inc max min mr mrs ms no nr pp prof st tel vol vs",
}
ABBREVIATIONS = {language: frozenset(words.split()) for language, words in ABBREVIATIONS.items()}

END = re.compile(r"[.!?…]+(?:[\"'”’)\]]|[ \u00a0]?»)*(?=\s+\S)")
DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")  # one letter, or letters between full stops
NUMBERED = re.compile(r"\(?\d+[.)]")  # "1." at the beginning of a list
NUMBER = re.compile(r"\+?\d(?:[\d\s./()-]*\d)?")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text in order; a new line always begins a new one."""
    return [found for line in text.splitlines() for found in sentences_of_line(line, language)]


def sentences_of_line(line, language):
    start = 0
    for end in END.finditer(line):
        before, after = line[start : end.end()].strip(), line[end.end() :].lstrip()
        if is_end(before, after, language):
            yield before
            start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def is_end(before, after, language):
    if after[0].islower() or NUMBERED.fullmatch(before):
        return False
    return not is_abbreviation(before.split()[-1], language)


def is_abbreviation(word, language):
    if not word.endswith("."):
        return False
    bare = word.lstrip("(\"'“‘«[").rstrip(".").casefold()
    return bare in ABBREVIATIONS[language] or DOTTED.fullmatch(bare) is not None


def count_words(sentence: str) -> int:
    """A telephone number is one word, as it is one thing to read."""
    return len(WORD.findall(NUMBER.sub("0", sentence)))
