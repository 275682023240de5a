"""What a telephone keeps of an organisation: its contacts, each with the year of its source."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from segno.helpers import make_vcard_data

from network.publishing import ContactBase

Kind = ContactBase.Kind


def vcard(actor) -> str:
    """vCard 3.0. Of a protected address the municipality only."""
    contacts = list(actor.contacts.all())
    name = " ".join(actor.name.split())
    return make_vcard_data(
        name.replace(";", ","),  # the one field that is not escaped: it has parts
        name,
        org=name,
        phone=[contact.value for contact in contacts if contact.kind == Kind.PHONE],
        email=[contact.value for contact in contacts if contact.kind == Kind.EMAIL],
        url=[contact.value for contact in contacts if contact.kind == Kind.WEBSITE],
        **place_of(contacts),
        memo="\n".join(map(told, contacts)),
    )


def place_of(contacts):
    """The first address: whole as its street, or the municipality of a protected one."""
    for contact in contacts:
        if contact.kind == Kind.ADDRESS:
            return {"city" if contact.is_protected else "street": contact.shown_value}
    return {}


def told(contact):
    """How far to trust one contact, as the page says it."""
    year = render_to_string("_source_year.html", {"year": contact.year}).strip()
    doubt = "" if contact.certainty == "stated" else f"{_('probably')}, "
    return f"{contact.shown_value}: {doubt}{year}"
