"""Trainings, their sessions and the calendar, as readers see them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from trainings.calendar import Month, month_of
from trainings.models import Session, Training
from trainings.sheet import TrainingSheet


def training_detail(request, code):
    """Without a tag: a session becomes past without any change of the data."""
    trainings = Training.objects.published().with_page_relations()
    training = get_object_or_404(trainings, code=code)
    sessions = Session.objects.public().filter(training=training).with_card_relations()
    context = {
        "training": training,
        "sheet": TrainingSheet(training),
        "coming": sessions.coming(),
        "past": sessions.past(),
    }
    return render(request, "trainings/training_detail.html", context)


def session_detail(request, code, pk):
    sessions = Session.objects.public().with_card_relations()
    session = get_object_or_404(sessions, pk=pk, training__code=code)
    return render(request, "trainings/session_detail.html", {"session": session})


def calendar_page(request, month=None):
    try:
        shown = month_of(month) if month else Month(timezone.localdate().replace(day=1))
    except ValueError as error:
        raise Http404 from error
    if not shown.is_kept:
        raise Http404
    return render(request, "trainings/calendar.html", {"month": shown})
