"""A database with a row in every table of ours, for tests of what happens to a whole database."""

from datetime import date

from django.apps import apps
from django.utils import timezone

from care.models import FormPost, SignInEvent
from curation.accounts.models import Invitation
from curation.content.load import load_content
from curation.models import ImportDraft, SavedSelection, WorkingCopy
from curation.verification.models import DailyAct, UnaskedOrganisation
from guide.models import Event
from network.consultations.models import Viewing
from network.models import Membership, OfferContact, PublicAnswer
from practices.models import DeadEnd, DeadEndHour, FormerAddress, FormerTerm, Practice
from tests.curation.content_folder import make_folder
from tests.factories import (
    make_actor,
    make_consultation,
    make_contact,
    make_expert,
    make_network_request,
    make_offer,
    make_open_session,
    make_practice,
    make_question,
    make_registration,
    make_relation,
    make_source,
    make_suggestion,
    make_term,
    make_theme,
    make_training,
)
from tests.staff import make_account, make_colleague
from trainings.models import TrainingContact

ROOMS = ("curation", "guide", "practices", "network", "search", "places", "care", "trainings")
AREA = {"coverage": ["63079"], "languages": ["nl"]}


def fill(folder):
    """The small content of `folder`, and what no content file holds."""
    load_content(make_folder(folder))
    account = make_account()
    fill_network(account)
    fill_practices(account)
    fill_trainings()
    SignInEvent.objects.create(kind="signed_in")
    FormPost.objects.create(sender="a")
    Invitation.objects.invite("els@a.example", "Els", [], language="nl", invited_by=account)
    # A start more exact than the end, which the rules of before refuse.
    Event.objects.update(starts_on="2018-03", ends_on="2018")


def fill_network(account):
    house = make_actor(roles=["trainer"], sectors=["family"], seat="63079", **AREA)
    make_contact(house)
    make_relation(house, make_actor())
    Membership.objects.create(actor=house, source=make_source(), since="2018-03", until="2018")
    offer = make_offer(actor=house, **AREA)
    OfferContact.objects.create(offer=offer, kind="phone", value="1", source=make_source())
    make_expert(make_colleague("Expert"))
    question, _token = make_consultation()
    Viewing.objects.create(consultation=question, account=account, way="desk")
    answer = PublicAnswer.objects.create(question_en="?", answer_en="!", consultation=question)
    answer.themes.add(make_theme())
    make_network_request()


def fill_practices(account):
    practice = make_practice(terms=[make_term()], seats=["63079"], coverage=["63079"])
    practice.partners.add(make_actor())
    FormerAddress.objects.create(practice=practice, language="nl", text="before")
    FormerTerm.objects.create(taxonomy=make_term().taxonomy, code="before", term=make_term())
    DeadEnd.objects.create(month=date(2026, 11, 1), number=5)
    DeadEndHour.objects.create(hour=timezone.now())
    make_suggestion(practice)
    make_question(practice)
    UnaskedOrganisation.objects.create(practice=practice)
    WorkingCopy.objects.create(practice=practice, author=account)
    SavedSelection.objects.create(owner=account, list_of="practice", name="mine")
    ImportDraft.objects.create(uploader=account, file_name="table.csv", content={})
    DailyAct.objects.create(name="verification")


def fill_trainings():
    training = make_training(providers=[make_actor()], themes=["competences"], **AREA)
    training.practices.set(Practice.objects.all())
    source = make_source()
    TrainingContact.objects.create(training=training, kind="phone", value="1", source=source)
    make_registration(make_open_session(training))


def empty_tables():
    models = (model for room in ROOMS for model in own_models(room))
    return [model._meta.label for model in models if not model._base_manager.exists()]


def own_models(room):
    models = apps.get_app_config(room).get_models(include_auto_created=True)
    return (model for model in models if model._meta.managed)
