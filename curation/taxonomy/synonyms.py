"""What visitors call a term goes on finding what carries it."""

from search.analysis import LANGUAGES, fold
from search.models import SynonymGroup, one_a_line


def names_of(term):
    """Language → name, where it has one."""
    names = {language: getattr(term, f"name_{language}") for language in LANGUAGES}
    return {language: name for language, name in names.items() if name}


def lines(group):
    return {fold(line) for line in one_a_line(f"{group.words}\n{group.leads_to}")}


def groups_naming(term):
    """The synonym groups that hold a name of the term."""
    names = {fold(name) for name in names_of(term).values()}
    return [group for group in SynonymGroup.objects.all() if lines(group) & names]


def renamed(term, into):
    """Old name → new name in the same language, where they differ."""
    old, new = names_of(term), names_of(into)
    pairs = {old[language]: new[language] for language in LANGUAGES if language in old.keys() & new}
    return {name: other for name, other in pairs.items() if fold(name) != fold(other)}


def lead_on(term, into):
    """Each group that holds an old name also leads to the new one; other names get a group."""
    pairs, groups = renamed(term, into), groups_naming(term)
    for group in groups:
        names = [new for old, new in pairs.items() if fold(old) in lines(group)]
        add(group, "leads_to", [name for name in names if fold(name) not in lines(group)])
    typed = {fold(word) for group in groups for word in one_a_line(group.words)}
    left = {old: new for old, new in pairs.items() if fold(old) not in typed}
    if left:
        group = own_group(term)
        add(group, "words", left)
        add(group, "leads_to", dict.fromkeys(left.values()))


def own_group(term):
    code = f"{term.taxonomy.code}-{term.code}"[:40]
    return SynonymGroup.objects.filter(code=code).first() or SynonymGroup(code=code)


def add(group, field, names):
    if names:
        setattr(group, field, "\n".join([*one_a_line(getattr(group, field)), *names]))
        group.save()
