"""Trainings, among what a search of the directory also finds."""

from django.utils.translation import gettext_lazy as _

from network.models import Offer
from search.also import AlsoFound, register
from search.version import Remembered
from trainings.models import Training


def trainings_of_their_own():
    """Without those that are an offer of the expert pool: it stands among the offers above."""
    trainings = Training.objects.published().exclude(offer__in=Offer.objects.public())
    return {training.code: training for training in trainings}


register(AlsoFound("training", _("Trainings"), "training_list", Remembered(trainings_of_their_own)))
