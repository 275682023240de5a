"""Who may open what: every address of the site, every role, GET and POST.

A new address fails until it stands in ADDRESSES or MODELS; a new role is one more column of RULES
and one more function in CLIENTS.
"""

from functools import cache
from urllib.parse import urlencode, urlsplit

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.template import Template
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import override
from django_otp.models import Device

from care.models import SignInEvent
from curation.accounts.models import Invitation
from curation.models import ImportDraft
from curation.previews import token_of
from curation.verification.reminders import sealed
from familysupport.admin_site import DirectoryAdminSite
from guide.models import NativeReading
from network.models import PublicAnswer, SecrecyArticle
from places.models import Place
from practices.asking import seal_search
from practices.models import DeadEnd, Practice, SituationRule, ThemeRule
from search.models import SynonymGroup
from tests.databases import taken_back
from tests.factories import (
    make_actor,
    make_consultation,
    make_contact,
    make_event,
    make_expert,
    make_help_line,
    make_language,
    make_need,
    make_network_request,
    make_network_role,
    make_offer,
    make_open_session,
    make_part,
    make_practice,
    make_publication,
    make_question,
    make_recommendation,
    make_registration,
    make_sector,
    make_session,
    make_source,
    make_suggestion,
    make_taxonomy,
    make_term,
    make_theme,
    make_training,
    make_word,
)
from tests.staff import curator_client, make_account, make_colleague

OPEN, SIGN_IN, SET_UP, HOME = "open", "led to sign in", "led to the set-up", "led to the index"
FORBIDDEN, MISSING, NO_METHOD = "403", "404", "405"


def signed_in_with_password(**values):
    client = Client()
    client.force_login(make_account(**values))
    return client


CLIENTS = {
    "anonymous": Client,
    "not staff": lambda: signed_in_with_password(is_staff=False, is_superuser=False),
    "password only": lambda: signed_in_with_password(is_superuser=True),
    "no permission": lambda: curator_client(make_account(is_superuser=False)),
    "translator": lambda: curator_client(make_colleague("Translator")),
    "editor": lambda: curator_client(make_colleague("Editor fr")),
    "publisher": lambda: curator_client(make_colleague("Publisher")),
    "superuser": curator_client,
    "coordinator": lambda: curator_client(make_colleague("Coordinator")),
    "expert": lambda: curator_client(make_colleague("Expert")),
    "organiser": lambda: curator_client(make_colleague("Organiser")),
}

# What GET and POST meet; one outcome stands for both.
# fmt: off
ONLY_GET, ONLY_POST, READ = (OPEN, NO_METHOD), (NO_METHOD, OPEN), (OPEN, FORBIDDEN)
NO, UNTRIED, UNCHOSEN = FORBIDDEN, (NO_METHOD, FORBIDDEN), (FORBIDDEN, NO_METHOD)
OUTSIDE = (SIGN_IN,) * 3  # anonymous, not staff, password only
RULES = {
    #                          no permission   translator   editor     publisher   superuser
    "public":      (OPEN,) * 8,
    "public POST": (ONLY_POST,) * 8,
    "public GET":  (ONLY_GET,) * 8,
    "sign-in":     (OPEN, OPEN, (SET_UP, OPEN), *((HOME, OPEN),) * 5),
    "sign-out":    (HOME, HOME, HOME, *(ONLY_POST,) * 5),
    "set-up":      (SIGN_IN, SIGN_IN, *(OPEN,) * 6),
    "staff":       (*OUTSIDE,  *(OPEN,) * 5),
    "staff GET":   (*OUTSIDE,  *(ONLY_GET,) * 5),
    "nowhere":     (*OUTSIDE,  *(MISSING,) * 5),
    "rooms":       (*OUTSIDE,  MISSING,        OPEN,        OPEN,      OPEN,       OPEN),
    "choices":     (*OUTSIDE,  UNCHOSEN,       ONLY_GET,    ONLY_GET,  ONLY_GET,   ONLY_GET),
    "tried":       (*OUTSIDE,  UNTRIED,        UNTRIED,     UNTRIED,   ONLY_POST,  ONLY_POST),
    "kept":        (*OUTSIDE,  UNTRIED,        ONLY_POST,   ONLY_POST, ONLY_POST,  ONLY_POST),
    "acted":       (*OUTSIDE,  UNTRIED,        UNTRIED,     ONLY_POST, ONLY_POST,  ONLY_POST),
    "seen":        (*OUTSIDE,  NO,             OPEN,        OPEN,      OPEN,       OPEN),
    "added":       (*OUTSIDE,  NO,             NO,          OPEN,      OPEN,       OPEN),
    "written":     (*OUTSIDE,  NO,             READ,        OPEN,      OPEN,       OPEN),
    "looked after": (*OUTSIDE, NO,             READ,        READ,      OPEN,       OPEN),
    "published":   (*OUTSIDE,  NO,             NO,          NO,        OPEN,       OPEN),
    "told":        (*OUTSIDE,  NO,             NO,          NO,        READ,       READ),
    "records":     (*OUTSIDE,  NO,             NO,          NO,        NO,         OPEN),
    "uploader's":  (*OUTSIDE,  NO,             NO,          NO,        MISSING,    MISSING),
    "shown":       (*OUTSIDE,  NO,             NO,          NO,        NO,         READ),
    "closed":      (*OUTSIDE,  *(NO,) * 5),
    "asked":       (*OUTSIDE,  NO,             NO,          NO,        NO,         OPEN),
    "given":       (*OUTSIDE,  NO,             NO,          NO,        NO,         OPEN),
    "counted":     (*OUTSIDE,  NO,             NO,          NO,        NO,         OPEN),
    "agreed":      (*OUTSIDE,  UNTRIED,        UNTRIED,     UNTRIED,   UNTRIED,    ONLY_POST),
    "proposed":    (*OUTSIDE,  NO,             NO,          NO,        NO,         OPEN),
    "law":         (*OUTSIDE,  NO,             NO,          NO,        OPEN,       OPEN),
}
# Of the expert platform: coordinator and expert, where they meet something else than who has no
# permission. The example of a question was given to nobody, that of an answer written by nobody.
PLATFORM = {
    "asked": (OPEN, OPEN),
    "given": (OPEN, NO),
    "counted": (OPEN, NO),
    "agreed": (ONLY_POST, (NO_METHOD, MISSING)),
    "proposed": (OPEN, HOME),
}
# fmt: on
OF_SESSIONS = {
    "looked up": ((*OUTSIDE, NO, *(OPEN,) * 4), OPEN),
    "only read": ((*OUTSIDE, NO, *(READ,) * 4), READ),
    "planned": ((*OUTSIDE, NO, NO, NO, OPEN, OPEN), OPEN),
    "session": ((*OUTSIDE, NO, NO, NO, OPEN, OPEN), HOME),  # of somebody else
    "story": ((*OUTSIDE, HOME, HOME, HOME, OPEN, OPEN), HOME),  # not theirs to see
    "participants": ((*OUTSIDE, NO, NO, NO, OPEN, OPEN), MISSING),
    "copied": ((*OUTSIDE, *(UNTRIED,) * 3, ONLY_POST, ONLY_POST), (NO_METHOD, MISSING)),
}  # fmt: skip
# The other roles meet what an account without permission meets, but for their own work.
RULES = {name: (*row, *PLATFORM.get(name, (row[3],) * 2), row[3]) for name, row in RULES.items()}
RULES |= {name: (*row, row[3], row[3], own) for name, (row, own) in OF_SESSIONS.items()}

ADDRESSES = {
    "choose_language": "public",
    "healthz": "public",
    "readyz": "public",
    "home": "public",
    "about": "public",
    "finder": "public",
    "finder_step": "public",
    "finder_answer": "public",
    "shortlist_start": "public",
    "shortlist": "public",
    "shortlist_compare": "public GET",
    "shortlist_handout": "public GET",
    "shortlist_handout_pdf": "public GET",
    "nothing_fits": "public POST",
    "practice_list": "public",
    "sealed_list": "public",
    "practice_detail": "public",
    "suggest": "public POST",
    "actor_list": "public",
    "sealed_actor_list": "public",
    "actor_detail": "public",
    "offer_list": "public",
    "sealed_offer_list": "public",
    "offer_detail": "public",
    "training_list": "public",
    "sealed_training_list": "public",
    "training_detail": "public",
    "training_calendar": "public",
    "training_month": "public",
    "training_calendar_file": "public",
    "training_feed": "public",
    "session_detail": "public",
    "session_file": "public",
    "session_register": "public",
    "registration": "public",
    "registration_file": "public",
    "registration_sent": "public",
    "network": "public",
    "network_join": "public",
    "network_practice": "public",
    "network_request_thanks": "public",
    "expert_platform": "public",
    "expert_theme": "public",
    "actor_vcard": "public",
    "short_address": "public",
    "suggest_about_practice": "public",
    "suggest_about_actor": "public",
    "suggestion_thanks": "public",
    "organisation_check": "public",
    "help_line_list": "public",
    "guide": "public",
    "recommendations": "public",
    "timeline": "public",
    "glossary": "public",
    "vocabulary": "public",
    "safety": "public",
    "privacy": "public",
    "accessibility": "public",
    "security_txt": "public",
    "whom_to_call_de": "public",
    "whom_to_call_ar": "public",
    "preview": "public",
    "accept_invitation": "public",
    "style_page": "staff GET",
    "handbook": "staff GET",
    "translation_list": "seen",
    "completeness": "added",
    "coverage_gaps": "added",
    "admin:login": "sign-in",
    "admin:logout": "sign-out",
    "admin:set_up_telephone": "set-up",
    "admin:second_factor": "staff",
    "admin:index": "staff",
    "admin:password_change": "staff",
    "admin:password_change_done": "staff GET",
    "admin:how_we_write": "staff GET",
    "admin:jsi18n": "staff GET",
    "admin:view_on_site": "staff",
    "admin:app_list": "rooms",
    "admin:autocomplete": "choices",
    "admin:search_synonymgroup_preview": "tried",
    "admin:practices_situationrule_preview": "tried",
    "admin:curation_suggestion_close": "tried",
    "admin:network_networkrequest_close": "tried",
    "admin:practices_practice_verification": "added",
    "admin:auth_user_password_change": "records",
    "admin:practices_taxonomy_order": "published",
    "admin:practices_taxonomy_order_terms": "published",
    "admin:practices_taxonomyterm_merge": "published",
    "admin:practices_taxonomyterm_retire": "published",
    "admin:practices_practice_export": "choices",
    "admin:practices_practice_import": "published",
    "admin:practices_practice_duplicates": "choices",
    "admin:practices_practice_look_alikes": "acted",
    "admin:practices_practice_merge": "published",
    "admin:practices_practice_import_preview": "uploader's",
    "admin:network_publicanswer_agree": "agreed",
    "admin:trainings_session_participants": "participants",
    "admin:trainings_session_duplicate": "copied",
    "admin:(?P<url>.*)$": "nowhere",
    "consultation_ask": "public",
    "consultation": "public",
    "professional_secrecy": "public",
    "consultation_queue": "asked",
    "consultation_statistics": "counted",
    "consultation_desk": "given",
    "consultation_act": "given",
}

SHORT = {"short": "staff"}  # leads to "change"
OF_SUPERUSERS = SHORT | dict.fromkeys(
    ("changelist", "add", "change", "delete", "history"), "records"
)
OF_PUBLISHERS = OF_SUPERUSERS | dict.fromkeys(
    ("changelist", "add", "change", "history"), "published"
)
RECORD = SHORT | {
    "changelist": "seen",
    "add": "added",
    "change": "written",
    "delete": "records",
    "history": "seen",
}
CURATED = RECORD | {"version": "looked after", "translate": "seen", "selections": "kept"}
COPIED = CURATED | {"copy": "added", "copy_review": "added", "copy_act": "acted"}
VOCABULARY = RECORD | {"add": "published", "change": "looked after"}
LOOKED_UP = SHORT | {
    **{"changelist": "looked up", "history": "looked up", "change": "only read"},
    **{"add": "closed", "delete": "closed"},
}
TOLD = OF_PUBLISHERS | {"add": "closed", "change": "told", "delete": "closed"}
MODELS = {
    "auth_group": OF_SUPERUSERS,
    "auth_user": OF_SUPERUSERS,
    "care_signinevent": OF_SUPERUSERS | {"add": "closed", "change": "shown", "delete": "closed"},
    "curation_invitation": OF_SUPERUSERS | {"change": "shown", "delete": "closed"},
    "places_place": LOOKED_UP,
    "network_source": RECORD,
    "network_language": VOCABULARY,
    "network_sector": VOCABULARY,
    "network_networkrole": VOCABULARY,
    "network_experttheme": VOCABULARY,
    "network_actor": CURATED,
    "network_offer": CURATED,
    "trainings_training": CURATED,
    "trainings_session": SHORT
    | {"changelist": "planned", "add": "planned", "change": "session", "history": "story"}
    | {"delete": "records"},
    "network_networkrequest": OF_PUBLISHERS | {"add": "closed"},
    "network_expert": SHORT
    | dict.fromkeys(("changelist", "add", "change", "delete", "history"), "counted"),
    "network_publicanswer": SHORT
    | dict.fromkeys(("changelist", "add"), "asked")
    | {"change": "proposed"}
    | dict.fromkeys(("history", "delete"), "counted"),
    "network_secrecyarticle": SHORT
    | dict.fromkeys(("changelist", "change", "history"), "law")
    | dict.fromkeys(("add", "delete"), "closed"),
    "practices_practice": COPIED,
    "practices_taxonomy": VOCABULARY,
    "practices_taxonomyterm": VOCABULARY,
    "practices_situationrule": OF_PUBLISHERS,
    "practices_themerule": OF_PUBLISHERS,
    "practices_deadend": TOLD,
    "curation_suggestion": OF_PUBLISHERS | {"add": "closed"},
    "guide_helpline": CURATED,
    "guide_need": VOCABULARY,
    "guide_publication": CURATED,
    "guide_event": CURATED,
    "guide_recommendation": CURATED,
    "guide_recommendationpart": VOCABULARY,
    "guide_glossaryterm": CURATED,
    "guide_nativereading": OF_PUBLISHERS | {"add": "closed", "delete": "closed"},
    "search_synonymgroup": OF_PUBLISHERS | {"delete": "published"},
}
EXAMPLES = {
    "auth_group": lambda: Group.objects.create(name="Curators"),
    "auth_user": lambda: make_account(is_superuser=False),
    "care_signinevent": lambda: SignInEvent.objects.create(kind="signed_in"),
    "curation_invitation": lambda: Invitation.objects.invite(
        "els@a.example", "Els", [], language="nl", invited_by=None
    ),
    "places_place": lambda: Place.objects.first(),
    "network_source": make_source,
    "network_language": make_language,
    "network_sector": make_sector,
    "network_networkrole": make_network_role,
    "network_experttheme": make_theme,
    "network_actor": make_actor,
    "network_offer": make_offer,
    "trainings_training": make_training,
    "trainings_session": make_session,
    "network_networkrequest": make_network_request,
    "network_expert": lambda: make_expert(make_colleague("Expert")),
    "network_publicanswer": lambda: PublicAnswer.objects.create(question_en="?", answer_en="!"),
    "network_secrecyarticle": SecrecyArticle.objects.get,
    "practices_practice": make_practice,
    "practices_taxonomy": make_taxonomy,
    "practices_taxonomyterm": make_term,
    "practices_situationrule": lambda: SituationRule.objects.create(code="prison"),
    "practices_themerule": lambda: ThemeRule.objects.create(theme=make_theme("rule")),
    "practices_deadend": lambda: DeadEnd.objects.create(month="2026-11-01", number=5),
    "curation_suggestion": lambda: make_suggestion(make_practice()),
    "guide_helpline": make_help_line,
    "guide_need": make_need,
    "guide_publication": make_publication,
    "guide_event": make_event,
    "guide_recommendation": make_recommendation,
    "guide_recommendationpart": lambda: make_part("examples"),
    "guide_glossaryterm": make_word,
    "guide_nativereading": NativeReading.objects.first,
    "search_synonymgroup": lambda: SynonymGroup.objects.create(code="boat", words="boot\nschip"),
}


# --- Every address is classified ---------------------------------------------------------------


def addresses(resolver=None, namespace="", route=""):
    """The name of every address the site answers; of one without name, its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        below = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, "" if pattern.namespace else below)
        else:
            yield namespace + (pattern.name or below)


def address_of(model, kind):
    if kind == "short":
        return f"admin:{model.replace('_', '/', 1)}/<path:object_id>/"
    return f"admin:{model}_{kind}"


def classified():
    of_models = {
        address_of(model, kind): rule
        for model, kinds in MODELS.items()
        for kind, rule in kinds.items()
    }
    return ADDRESSES | of_models


def test_every_address_is_classified_and_exists():
    found = set(addresses())

    assert {"not classified": found - set(classified()), "gone": set(classified()) - found} == {
        "not classified": set(),
        "gone": set(),
    }


def test_every_rule_knows_every_role():
    assert set(classified().values()) == set(RULES)
    assert {len(row) for row in RULES.values()} == {len(CLIENTS)}
    assert PLATFORM.keys() <= RULES.keys()


# --- And behaves as it is classified -----------------------------------------------------------


def make_import_draft(account):
    content = {"columns": ["code"], "rows": [[2, ["BE99"]]]}
    return ImportDraft.objects.create(uploader=account, file_name="table.csv", content=content)


PAPERS = ("compare", "handout", "handout_pdf")


@pytest.fixture(scope="module")
def paths(django_db_setup, django_db_blocker):
    """A path for every address, with records that exist for all tests here."""
    with django_db_blocker.unblock(), override("en"), taken_back():
        yield make_paths()


def make_paths():
    practice, actor = make_practice(), make_actor()
    make_contact(actor)
    account = make_account(is_superuser=False)
    suggestion = make_suggestion(practice)
    kept = seal_search(f"keep={practice.code}")
    choice = {"app_label": "practices", "model_name": "practice", "field_name": "lead_actor"}
    question, link = make_consultation()
    special = {
        "consultation": reverse("consultation", args=[link]),
        "consultation_desk": reverse("consultation_desk", args=[question.pk]),
        "consultation_act": reverse("consultation_act", args=[question.pk]),
        "admin:network_publicanswer_agree": reverse(
            "admin:network_publicanswer_agree", args=[EXAMPLES["network_publicanswer"]().pk]
        ),
        "sealed_list": reverse("sealed_list", args=[seal_search("q=practice")]),
        "finder_step": reverse("finder_step", args=[2, seal_search("situation=prison")]),
        "finder_answer": reverse("finder_answer", args=[seal_search("situation=prison")]),
        **{f"shortlist_{end}": reverse(f"shortlist_{end}", args=[kept]) for end in PAPERS},
        "shortlist": reverse("shortlist", args=[kept]),
        "nothing_fits": reverse("nothing_fits", args=[seal_search("situation=prison")]),
        "practice_detail": practice.get_absolute_url(),
        "sealed_actor_list": reverse("sealed_actor_list", args=[seal_search("q=house")]),
        "actor_detail": actor.get_absolute_url(),
        "sealed_offer_list": reverse("sealed_offer_list", args=[seal_search("q=training")]),
        "offer_detail": make_offer(actor=actor).get_absolute_url(),
        "expert_theme": make_theme().get_absolute_url(),
        **paths_of_trainings(),
        "admin:network_networkrequest_close": reverse(
            "admin:network_networkrequest_close", args=[make_network_request().pk]
        ),
        "actor_vcard": reverse("actor_vcard", args=[actor.code]),
        "preview": reverse("preview", args=[token_of(practice)]),
        "suggest_about_practice": reverse("suggest_about_practice", args=[practice.code]),
        "suggest_about_actor": reverse("suggest_about_actor", args=[actor.code]),
        "organisation_check": reverse("organisation_check", args=[sealed(make_question(practice))]),
        "admin:practices_practice_verification": reverse(
            "admin:practices_practice_verification", args=[practice.pk]
        ),
        "admin:curation_suggestion_close": reverse(
            "admin:curation_suggestion_close", args=[suggestion.pk]
        ),
        "short_address": reverse("short_address", args=[practice.code]),
        "admin:view_on_site": reverse(
            "admin:view_on_site",
            args=[ContentType.objects.get_for_model(Practice).pk, practice.pk],
        ),
        "admin:app_list": reverse("admin:app_list", args=["practices"]),
        "admin:autocomplete": f"{reverse('admin:autocomplete')}?{urlencode(choice)}",
        "admin:auth_user_password_change": reverse(
            "admin:auth_user_password_change", args=[account.pk]
        ),
        "admin:practices_taxonomy_order_terms": reverse(
            "admin:practices_taxonomy_order_terms", args=[make_taxonomy().pk]
        ),
        "admin:practices_taxonomyterm_merge": reverse(
            "admin:practices_taxonomyterm_merge", args=[make_term().pk]
        ),
        "admin:practices_taxonomyterm_retire": reverse(
            "admin:practices_taxonomyterm_retire", args=[make_term().pk]
        ),
        "admin:practices_practice_export": reverse("admin:practices_practice_export", args=["csv"]),
        "admin:practices_practice_import_preview": reverse(
            "admin:practices_practice_import_preview", args=[make_import_draft(account).pk]
        ),
        "admin:practices_practice_merge": reverse(
            "admin:practices_practice_merge", args=[practice.pk, make_practice().pk]
        ),
        "admin:(?P<url>.*)$": f"{reverse('admin:index')}nowhere/",
    }
    plain = {name: reverse(name) for name in ADDRESSES if name not in special}
    return plain | special | paths_of_models()


def paths_of_trainings():
    session = make_open_session(make_training())
    one, registration = [session.training.code, session.pk], make_registration(session)
    of_session = ("session_detail", "session_file", "session_register")
    of_organisers = ("participants", "duplicate")
    return {
        **{name: reverse(name, args=one) for name in of_session},
        **{
            (name := f"admin:trainings_session_{act}"): reverse(name, args=[session.pk])
            for act in of_organisers
        },
        "training_detail": session.training.get_absolute_url(),
        "sealed_training_list": reverse("sealed_training_list", args=[seal_search("q=course")]),
        "training_month": reverse("training_month", args=["2026-12"]),
        "registration": reverse("registration", args=[registration.told["token"]]),
        "registration_file": reverse("registration_file", args=[registration.told["token"]]),
    }


def paths_of_models():
    return {
        address_of(model, kind): path_of_model(model, kind, example)
        for model, example in ((model, EXAMPLES[model]()) for model in MODELS)
        for kind in MODELS[model]
    }


def path_of_model(model, kind, example):
    if kind == "short":
        return f"{reverse(f'admin:{model}_changelist')}{example.pk}/"
    arguments = [] if kind in {"changelist", "add", "selections"} else [example.pk]
    if kind == "translate":
        arguments.append("fr")
    if kind == "version":
        arguments.append(example.history.first().history_id)
    return reverse(f"admin:{model}_{kind}", args=arguments)


LED_TO = {"admin:login": SIGN_IN, "admin:set_up_telephone": SET_UP, "admin:index": HOME}


def outcome(response):
    if response.status_code in {301, 302}:
        led_to = {reverse(name): told for name, told in LED_TO.items()}
        return led_to.get(urlsplit(response.url).path, OPEN)
    status = str(response.status_code)
    return status if status in {FORBIDDEN, MISSING, NO_METHOD} else OPEN


def expected(role):
    """Per address the outcomes of GET and POST."""
    column = list(CLIENTS).index(role)
    both = {name: RULES[rule][column] for name, rule in classified().items()}
    return {name: met if isinstance(met, tuple) else (met, met) for name, met in both.items()}


def painted_for(role):
    """Where no later role meets the same: pages of those who may do most. Refusals are alike."""
    column = list(CLIENTS).index(role)
    rows = {name: RULES[rule] for name, rule in classified().items()}
    return {name for name, row in rows.items() if row[column] not in (NO, *row[column + 1 :])}


@pytest.fixture
def _read_once(monkeypatch):
    """Who asks is the same at every request of a role; what they may do, each view decides."""
    for place, name in ((ModelBackend(), "get_user"), (Device, "from_persistent_id")):
        owner = place if isinstance(place, type) else type(place)
        monkeypatch.setattr(owner, name, staticmethod(cache(getattr(place, name))))


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize("role", CLIENTS)
def test_role_meets_what_the_rules_say(role, paths):
    client, wanted, painted = CLIENTS[role](), expected(role), painted_for(role)
    sign_out_last = sorted(paths.items(), key=lambda item: item[0] == "admin:logout")

    met = {name: meet(client, path, is_painted=name in painted) for name, path in sign_out_last}

    wrong = {name: (met[name], wanted[name]) for name in wanted if met[name] != wanted[name]}
    assert wrong == {}


def meet(client, path, *, is_painted):
    """What one request stores is not there for the next."""
    with pytest.MonkeyPatch.context() as patch:
        if not is_painted:
            leave_unpainted(patch)
        with taken_back():
            by_get = outcome(client.get(path))
        with taken_back():
            return by_get, outcome(client.post(path))


def leave_unpainted(patch):
    """Each view decides and gathers what it shows; its template and its menu are left out."""
    patch.setattr(Template, "_render", lambda template, context: "")
    patch.setattr(DirectoryAdminSite, "each_context", lambda site, request: {})
