"""Trainings, among what a search of the directory also finds."""

from django.utils.translation import gettext_lazy as _

from search.also import AlsoFound, register
from search.version import Remembered
from trainings.models import Training


def trainings():
    return {training.code: training for training in Training.objects.published()}


register(
    AlsoFound(
        "training",
        _("Trainings"),
        "training_list",
        Remembered(trainings),
        is_searched=True,
        same_as="offer_id",
    )
)
