"""The pages of somebody who registers for a session and follows it by a link."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from care.limiter import limited
from care.traces import SeeOther, without_trace
from trainings import mails, registering
from trainings.feeds import calendar_file
from trainings.forms import RegistrationForm
from trainings.models import Registration, Session


@without_trace
@limited
def register(request, code, pk):
    sessions = Session.objects.public().with_card_relations()
    session = get_object_or_404(sessions, pk=pk, training__code=code)
    if not session.takes_registrations:
        return closed(request, session)
    form = RegistrationForm(session, request.POST or None)
    if request.method == "POST" and (form.is_trapped or form.is_valid()):
        return registered(request, session, form)
    return render(request, "trainings/register.html", {"session": session, "form": form})


def closed(request, session):
    return render(request, "trainings/registration_closed.html", {"session": session})


def registered(request, session, form):
    """The same answer for everybody: nobody learns who is registered."""
    try:
        if not form.is_trapped:
            registering.register(session, **form.for_the_session())
    except registering.ClosedError:
        return closed(request, session)
    return SeeOther(reverse("registration_sent"))


@without_trace
def registration_sent(request):
    return render(request, "trainings/registration_sent.html")


@csrf_exempt  # nobody else knows the address, and no cookie is needed to follow a registration
@without_trace
@limited
def registration(request, token):
    """Opening it changes nothing: programs that look through mail open every link."""
    found = Registration.objects.of_link(token)
    if found is None:
        return render(request, "trainings/registration_gone.html", status=404)
    if request.method == "POST":
        return act(request, found)
    context = {
        "registration": found,
        "token": token,
        "session": found.session,
        "may_leave": may_leave(found),
        "has_seat": mails.has_seat(found),
        "is_late": "late" in request.GET,
    }
    return render(request, "trainings/registration.html", context)


@without_trace
def registration_file(request, token):
    """The session with everything that who has a seat may know, for their calendar."""
    found = Registration.objects.of_link(token)
    if found is None or not mails.files_for(found):
        return render(request, "trainings/registration_gone.html", status=404)
    return calendar_file(mails.files_for(found)["session.ics"], "session")


def act(request, found):
    acts = {"accept": registering.accept, "leave": registering.leave, "erase": registering.erase}
    wanted = acts.get(request.POST.get("act"))
    try:
        if wanted:
            wanted(found)
    except registering.WrongStateError:
        return SeeOther(f"{request.path}?late")
    return SeeOther(request.path)


def may_leave(registration):
    return registration.session.is_ahead and registration.state in registering.MAY_LEAVE
