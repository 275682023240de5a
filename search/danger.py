"""Words that signal danger to life: whoever types them sees the urgent numbers first."""

from search.analysis import LANGUAGES, stem, words

SIGNALS = {
    "nl": """zelfmoord suïcide zelfdoding doodmaken vermoorden neerschieten wapen vuurwapen pistool
        bom bommen explosief gijzeling steekpartij ophangen opblazen""",
    "fr": """suicide suicider tuer tue assassiner arme fusil pistolet bombe explosif otage
        poignarder pendre couteau""",
    "en": """suicide kill murder gun guns weapon pistol bomb explosive hostage stab stabbing
        knife bomber""",
}
# Words that say it only together.
PHRASES = (
    *("wil dood", "wil sterven", "wil niet meer leven", "aanslag plegen", "aanslag doen"),
    *("veut mourir", "veux mourir", "un attentat", "se faire exploser", "plus envie de vivre"),
    *("wants to die", "want to die", "an attack", "blow himself", "blow herself"),
)
STEMS = {
    language: frozenset(stem(word, language) for word in words(text))
    for language, text in SIGNALS.items()
}


def signals_danger(text: str) -> bool:
    found = words(text)
    said = f" {' '.join(found)} "
    return any(f" {phrase} " in said for phrase in PHRASES) or any(
        stem(word, language) in STEMS[language] for language in LANGUAGES for word in found
    )
