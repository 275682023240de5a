"""The page of help lines: which lines stand under which heading. From memory, without a query."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from guide.models import HelpLine, Need


@dataclass
class Group:
    """The lines for one need: each told in full once on the page, later only named."""

    need: Need | None
    lines: list[HelpLine] = field(default_factory=list)
    told_above: list[HelpLine] = field(default_factory=list)


def fitting(lines, need="", language=""):
    """Lines for the need that speak the language; and those whose languages no source tells."""
    for_need = [line for line in lines if not need or line.is_for(need)]
    speaking = [line for line in for_need if not language or line.speaks(language)]
    untold = [line for line in for_need if language and not line.languages.all()]
    return speaking, untold


def by_need(lines, need=""):
    """Groups in the order of the needs, or the one group of the need that was asked for."""
    groups, told = {}, set()
    for met, line in sorted(pairs(lines, need), key=rank):
        group = groups.setdefault(met, Group(met))
        (group.told_above if line in told else group.lines).append(line)
        told.add(line)
    return list(groups.values())


def pairs(lines, need):
    for line in lines:
        wanted = [met for met in line.needs.all() if need in ("", met.code)]
        yield from ((met, line) for met in wanted or [None])


def rank(pair):
    """By need, and within it first what speaks the language of the page; lines without one last."""
    met, line = pair
    need = (1, 0, "") if met is None else (0, met.order, met.code)
    return *need, not line.speaks(get_language())
