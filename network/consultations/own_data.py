"""What one person asked the platform: all of it as plain data, or gone."""

from django.db import transaction
from django.utils.translation import override

from network.consultations.models import Consultation, Viewing
from network.consultations.timed import anonymise


@transaction.atomic
def data_of(email) -> list[dict]:
    """Everything kept about the questions of this address; that it was opened is noted."""
    found = Consultation.objects.of_person(email)
    for consultation in found:
        consultation.note_view(Viewing.Way.EXPORT)
    return [as_data(consultation) for consultation in found]


def as_data(consultation):
    told = {name: text for name, text in consultation.told.items() if name != "token"}
    with override(consultation.language):
        return {
            "reference": consultation.reference,
            "asked": consultation.made_at.isoformat(),
            "language": consultation.language,
            "state": consultation.get_state_display(),
            "themes": [str(theme) for theme in consultation.themes.all()],
            "about": consultation.get_audience_display(),
            "how_soon": consultation.get_urgency_display(),
            "region": consultation.region_name,
            "may_publish": consultation.may_publish,
            **told,
            "steps": [step_data(step) for step in consultation.steps.all()],
            "opened": [
                {"at": one.at.isoformat(), "how": str(one.get_way_display())}
                for one in consultation.viewings.all()
            ],
        }


def step_data(step):
    return {
        "at": step.at.isoformat(),
        "what": str(step.get_kind_display()),
        "by": str(step.get_role_display()),
        "text": step.text,
    }


def erase(email) -> int:
    """Nothing of this person's questions leads to them any more. Returns how many there were."""
    found = Consultation.objects.of_person(email)
    for consultation in found:
        anonymise(consultation.pk)
    return len(found)
