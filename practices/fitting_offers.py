"""Which offers for professionals stand below a search of the directory."""

from network.offers import FittingOffers

# Taxonomy → facet of the offers → what each term is there.
FOR_PROFESSIONALS = {
    "target_group": {
        "audience": {
            "firstline": ["first_line"],
            "local-auth": ["local_authorities"],
            "schools": ["schools"],
        }
    },
    "activity_type": {
        "kind": {
            "training-pro": ["training"],
            "intervision": ["intervision"],
            "risk-assessment": ["risk_assessment"],
            "monitoring": ["monitoring"],
            "expertise": ["helpdesk", "case_discussion", "consultation"],
        }
    },
}


def fitting_offers(results, version):
    """For the words, the place and what is chosen that only professionals ask."""
    return FittingOffers(results.cleaned, version, choices_of_offers(results.choices))


def choices_of_offers(choices):
    found = {}
    for taxonomy, facets in FOR_PROFESSIONALS.items():
        for facet, meanings in facets.items():
            terms = choices.get(taxonomy, [])
            found[facet] = [value for term in terms for value in meanings.get(term, [])]
    return found
