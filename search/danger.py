"""Words that signal danger to life: whoever types them sees the urgent numbers first."""

from search.analysis import LANGUAGES, stem, words

SIGNALS = {
    "nl": """zelfmoord suïcide zelfdoding doodmaken vermoorden neerschieten wapen vuurwapen pistool
        bom bommen explosief gijzeling steekpartij ophangen""",
    "fr": """suicide suicider tuer tue assassiner arme fusil pistolet bombe explosif otage
        poignarder pendre""",
    "en": """suicide kill murder gun guns weapon pistol bomb explosive hostage stab stabbing""",
}
STEMS = {
    language: frozenset(stem(word, language) for word in words(text))
    for language, text in SIGNALS.items()
}


def signals_danger(text: str) -> bool:
    found = words(text)
    return any(stem(word, language) in STEMS[language] for language in LANGUAGES for word in found)
