"""An officer asks in French, a coordinator gives it on, an expert answers, time forgets."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import follow, path_of, sign_in
from tests.browser.test_accessibility import violations
from tests.staff import PASSWORD

MAKE = """
import json
from care import second_factor
from network.models import ExpertTheme
from tests.factories import make_expert
from tests.staff import make_colleague, make_telephone

def code_for(username, role):
    account = make_colleague(role, username=username, email=f"{username}@a.example")
    make_telephone(account)
    return account, second_factor.renew_recovery_codes(account)[0]

lead, lead_code = code_for("journey-coordinator", "Coordinator")
expert, expert_code = code_for("journey-expert", "Expert")
make_expert(expert, languages=["fr"], themes=["chain_approach"])
print(json.dumps({"journey-coordinator": lead_code, "journey-expert": expert_code}))
"""
REMOVE = """
from django.contrib.auth import get_user_model
from network.models import Consultation
Consultation.objects.exclude(form_mark="form-of-the-tests").delete()
get_user_model().objects.filter(username__startswith="journey-").delete()
"""
# The question is made older instead of the clock later: other tests share the database.
LATER = """
import json
from datetime import timedelta
from io import StringIO
from django.core.management import call_command
from django.utils import timezone
from network.models import Consultation
kept = Consultation.objects.filter(language="fr", audience="group")
kept.update(made_at=timezone.now() - timedelta(days={days}))
call_command("tick", stdout=StringIO())
print(json.dumps([[one.locked, one.reference, one.state] for one in kept]))
"""
QUESTION = "Comment parler avec les parents d'un garçon de seize ans qui ne vient plus ?"
ANSWER = "Commencez par écouter, sans parler de religion."


@pytest.fixture(scope="module")
def codes(inside):
    yield inside(MAKE)
    inside(REMOVE)


@pytest.fixture
def come_in(codes, new_context):
    def signed_in(name):
        page = new_context().new_page()
        page.goto(path_of("admin:index", "fr"))
        sign_in(page, name, codes[name], PASSWORD)
        assert page.locator("#user-tools").is_visible()
        return page

    return signed_in


def fill(page, question):
    page.fill("#id_organisation", "Commune de Wevelgem")
    page.fill("#id_function", "Fonctionnaire de prévention")
    page.fill("#id_email", "officer@a.example")
    page.locator("[name=themes]").last.check()
    page.select_option("#id_audience", "group")
    page.select_option("#id_region", index=1)
    page.fill("#id_question", question)


def send(page):
    """A person takes longer than three seconds over it."""
    page.wait_for_timeout(3_100)
    follow(page.locator("form.question > p > button").first)


def test_question_is_asked_given_on_answered_and_forgotten(page, come_in, inside):
    page.goto(path_of("expert_platform", "fr"))
    follow(page.locator(f"a[href='{path_of('consultation_ask', 'fr')}']").first)
    fill(page, f"{QUESTION} Sa mère est Madame Dupont.")
    send(page)
    assert page.locator("#watch b").all_inner_texts() == ["Madame Dupont"]
    assert page.input_value("#id_function") == "Fonctionnaire de prévention"
    assert violations(page) == []
    page.fill("#id_question", QUESTION)
    follow(page.locator("form.question > p > button").first)
    reference, link = page.locator(".reference").inner_text(), urlsplit(page.url).path
    assert QUESTION in page.locator("main").inner_text()

    coordinator = come_in("journey-coordinator")
    coordinator.goto(path_of("consultation_queue", "fr"))
    assert violations(coordinator) == []
    follow(coordinator.get_by_role("link", name=reference))
    assert violations(coordinator) == []
    follow(coordinator.locator("[name=act][value=accept]"))
    follow(coordinator.get_by_role("button", name="journey-expert"))

    expert = come_in("journey-expert")
    follow(expert.get_by_role("link", name=reference))
    assert QUESTION in expert.locator("#content").inner_text()
    assert "officer@a.example" not in expert.content()
    expert.fill("#id_text", ANSWER)
    assert violations(expert) == []
    follow(expert.locator("form:has(#id_text) p > button").last)

    page.goto(link)
    assert ANSWER in page.locator("main").inner_text()
    assert "journey-expert" not in page.content()
    assert violations(page) == []
    assert [row[1:] for row in inside(LATER.format(days=0))] == [[reference, "answered"]]
    assert inside(LATER.format(days=367)) == [["", None, "expired"]]
    assert page.goto(link).status == 404
    assert inside(LATER.format(days=733)) == []


def test_pages_of_the_platform_work_without_script_at_320_pixels(new_context):
    page = new_context(java_script_enabled=False, viewport={"width": 320, "height": 640}).new_page()
    page.goto(path_of("consultation_ask", "nl"))
    fill(page, "Hoe praten we met de ouders?")
    send(page)

    assert page.locator(".reference").is_visible()
    assert page.locator("ol.steps li").count() == 1
