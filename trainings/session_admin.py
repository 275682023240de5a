"""The pages of organisers: sessions of their own, and who takes part. Publishers see all."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from care.confidential import LostKeyError
from trainings import mails, registering
from trainings.models import Registration, Session, Training

State = Registration.State
OF_EVERYBODY = "trainings.publish_training"


class SessionForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "training" in self.fields:
            self.fields["training"].queryset = Training.objects.published()

    def clean_state(self):
        """Calendars have already been told."""
        state = self.cleaned_data["state"]
        if self.initial.get("state") == Session.State.CANCELLED != state:
            raise forms.ValidationError(_("It was cancelled: plan a new session instead."))
        if state == Session.State.DRAFT and self.is_registered_for:
            raise forms.ValidationError(_("People registered for it: cancel it instead."))
        return state

    def clean_months_kept(self):
        """Who registered agreed to a day."""
        months = self.cleaned_data["months_kept"]
        if self.is_registered_for and months > self.initial["months_kept"]:
            raise forms.ValidationError(_("People registered for it: it can only be shorter."))
        return months

    def clean_seats(self):
        seats, taken = self.cleaned_data["seats"], self.seats_taken
        if taken and (seats or 0) < taken:
            raise forms.ValidationError(_("Seats that are taken: %(number)s") % {"number": taken})
        return seats

    @property
    def is_registered_for(self):
        return bool(self.instance.pk) and self.instance.registrations.exists()

    @property
    def seats_taken(self):
        return self.instance.registrations.holding_seats().count() if self.instance.pk else 0


class MessageForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What everybody reads"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
    )


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    form = SessionForm
    change_form_template = "admin/trainings/session_form.html"
    list_display = (
        *("training", "starts_at", "state", "organiser"),
        *("registered", "waiting", "attended"),
    )
    list_filter = ("state",)
    list_select_related = ("training", "organiser")
    autocomplete_fields = ("place",)
    fieldsets = (
        (None, {"fields": ("training", "state", "starts_at", "ends_at", "language", "contact")}),
        (
            gettext_lazy("Where"),
            {"fields": ("place", "address", "is_protected", "is_online", "online_address")},
        ),
        (
            gettext_lazy("Registration"),
            {
                "description": gettext_lazy("Empty: nobody registers on this site."),
                "fields": ("seats", "opens_at", "closes_at", "months_kept"),
            },
        ),
    )

    def get_readonly_fields(self, request, obj=None):
        """Who registered did so for this training."""
        return ("training",) if obj and obj.registrations.exists() else ()

    def get_queryset(self, request):
        sessions = (
            super()
            .get_queryset(request)
            .annotate(
                number_registered=counted(State.CONFIRMED, State.OFFERED, State.ATTENDED),
                number_waiting=counted(State.WAITING),
                number_attended=counted(State.ATTENDED),
            )
        )
        if request.user.has_perm(OF_EVERYBODY):
            return sessions
        return sessions.filter(organiser=request.user)

    @admin.display(description=gettext_lazy("registered"))
    def registered(self, session):
        return session.number_registered

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, session):
        return session.number_waiting

    @admin.display(description=gettext_lazy("attended"))
    def attended(self, session):
        return session.number_attended

    def get_changeform_initial_data(self, request):
        return {"contact": request.user.email} | super().get_changeform_initial_data(request)

    def view_on_site(self, session):
        return session.get_absolute_url() if session.is_public else None

    def save_model(self, request, session, form, change):
        """Who has a seat hears of a new time or place; freed seats go to who waits."""
        if not change:
            session.organiser = request.user
        is_called_off = change and "state" in form.changed_data and session.is_cancelled
        if is_called_off:
            session.state = form.initial["state"]
        before = session.sequence
        super().save_model(request, session, form, change)
        if is_called_off:
            registering.call_off(session)
        elif change:
            registering.follow_change(session, has_moved=session.sequence > before)

    # --- Pages of one session ------------------------------------------------------------------

    def get_urls(self):
        participants = self.admin_site.admin_view(self.participants_view)
        duplicate = self.admin_site.admin_view(require_POST(self.duplicate_view))
        name = "trainings_session"
        return [
            path("<int:pk>/participants/", participants, name=f"{name}_participants"),
            path("<int:pk>/duplicate/", duplicate, name=f"{name}_duplicate"),
            *super().get_urls(),
        ]

    def own_or_404(self, request, pk):
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("training"), pk=pk)

    def duplicate_view(self, request, pk):
        """A draft one week later, with the same facts, no registrations and a name of its own."""
        copy = copy_of(self.own_or_404(request, pk), request.user)
        messages.success(request, _("This is the copy, one week later: set the day."))
        return redirect("admin:trainings_session_change", copy.pk)

    def participants_view(self, request, pk):
        session = self.own_or_404(request, pk)
        form = MessageForm(request.POST if "text" in request.POST else None)
        if request.method == "POST" and self.act(request, session, form):
            return redirect(request.path)
        context = self.admin_site.each_context(request) | {
            "title": _("Participants"),
            "opts": self.opts,
            "session": session,
            "participants": [row_of(one) for one in coming(session)],
            "form": form,
        }
        return render(request, "admin/trainings/participants.html", context)

    def act(self, request, session, form):
        """Whether it is done; else the page is shown again with what was typed."""
        if "note_attended" in request.POST:
            keys = request.POST.getlist("attended")
            note_attended(request, session, {int(key) for key in keys if key.isdecimal()})
        elif "call_off" in request.POST:
            registering.call_off(session)
            messages.success(request, _("Cancelled: everybody who registered gets a mail."))
        elif form.is_bound and form.is_valid():
            number = registering.write_to(session, mails.message(form.cleaned_data["text"]))
            messages.success(request, _("Mails that are sent: %(number)s") % {"number": number})
        else:
            return False
        return True


def note_attended(request, session, keys):
    try:
        registering.note_attended(session, keys)
    except registering.WrongStateError:
        messages.error(request, _("The session has not begun yet."))
    else:
        messages.success(request, _("Noted."))


def counted(*states):
    held = Q(registrations__state__in=states)
    return Count("registrations", filter=held, distinct=True)


def copy_of(session, organiser):
    facts = (
        *("training", "language", "is_online", "place", "address", "is_protected"),
        *("online_address", "seats", "contact", "months_kept"),
    )
    return Session.objects.create(
        **{name: getattr(session, name) for name in facts},
        starts_at=timezone.localtime(session.starts_at) + timedelta(days=7),
        ends_at=timezone.localtime(session.ends_at) + timedelta(days=7),
        organiser=organiser,
    )


def coming(session):
    """Who has a seat or waits for one; who cancelled is nobody's business any more."""
    return session.registrations.exclude(state=State.CANCELLED)


def row_of(registration):
    """What they told; without the key only the state."""
    try:
        return registration, registration.told
    except LostKeyError:
        return registration, None
