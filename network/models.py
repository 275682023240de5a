"""Where Django and the rooms above find the models of this room."""

from network.consultations.models import (
    Consultation,
    Expert,
    PublicAnswer,
    SecrecyArticle,
    Step,
    Viewing,
)
from network.organisations import (
    Actor,
    ActorCitation,
    ActorContact,
    ActorRelation,
    ExpertTheme,
    Language,
    Membership,
    NetworkRole,
    Offer,
    OfferCitation,
    OfferContact,
    Sector,
    check_choices,
)
from network.publishing import Source
from network.requests.models import NetworkRequest

__all__ = [
    "Actor",
    "ActorCitation",
    "ActorContact",
    "ActorRelation",
    "Consultation",
    "Expert",
    "ExpertTheme",
    "Language",
    "Membership",
    "NetworkRequest",
    "NetworkRole",
    "Offer",
    "OfferCitation",
    "OfferContact",
    "PublicAnswer",
    "SecrecyArticle",
    "Sector",
    "Source",
    "Step",
    "Viewing",
    "check_choices",
]
