"""The real product in a real browser: `make test-browser`, or BROWSER=1 and pytest."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from care.sealing import seal
from curation.verification.reminders import LINK_SALT
from tests.browser.elsewhere import elsewhere
from tests.chromium import WITH_WINDOWS, WITHOUT_WINDOWS, chromium
from tests.databases import database_beside

# With windows every page of a test draws one that nobody sees.
CHROMIUM = chromium(WITHOUT_WINDOWS, WITH_WINDOWS)
WANTED = os.environ.get("BROWSER") == "1"
PASSWORD = "correct horse battery staple"
READY_WITHIN = 240  # seconds; two servers start at one time, each loads the whole content

SEARCHED = {"nl": "moeder", "fr": "mère", "en": "mother"}
ANTWERP = {"nl": "Antwerpen", "fr": "Anvers", "en": "Antwerp"}
GUIDE = ("guide", "recommendations", "timeline", "glossary", "vocabulary")
PAGE_KINDS = (
    "home",
    "list",
    "list_narrowed",
    "list_sealed",
    "list_empty",
    "list_refused",
    "detail",
    "detail_title_only",
    "organisations",
    "organisations_sealed",
    "organisation",
    "offers",
    "offers_empty",
    "offers_refused",
    "offers_expired",
    "offer",
    "trainings",
    "trainings_empty",
    "trainings_days",
    "training",
    "training_past",
    "training_month",
    "session",
    "register",
    "registration",
    "registration_sent",
    "registration_gone",
    "network",
    "network_join",
    "network_practice",
    "network_thanks",
    "platform",
    "theme",
    *GUIDE,
    "ask",
    "question",
    "question_gone",
    "secrecy",
    "suggestion",
    "suggestion_organisation",
    "suggestion_thanks",
    "organisation_check",
    "organisation_check_expired",
    "help_lines",
    "help_lines_narrowed",
    "finder",
    "finder_place",
    "finder_answer",
    "finder_thanked",
    "finder_expired",
    "shortlist",
    "shortlist_empty",
    "shortlist_expired",
    "compare",
    "handout",
    "about",
    "safety",
    "privacy",
    "accessibility",
    "german",
    "arabic",
    "not_found",
)
KEPT = "keep=WB17&keep=WB09&keep=VB15&keep=WB06"
ERROR_KINDS = ("bad_address", "forbidden", "form_refused", "too_large", "too_long", "fault")


EVERY_PAGE = {
    f"test_{what}.py"
    for what in (
        "accessibility",
        "budgets",
        "curation_pages",
        "display",
        "exit",
        "handbook_pictures",
        "layout",
        "style_page",
        "traces",
    )
}


class Unwanted(pytest.Module):
    """A file of browser tests that is skipped without being read."""

    def collect(self):
        wanted = "set BROWSER=1 or run make test-browser"
        pytest.skip(wanted if CHROMIUM else "Chromium is not installed")


def pytest_pycollect_makemodule(module_path, parent):
    return None if WANTED else Unwanted.from_parent(parent, path=module_path)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.path.name in EVERY_PAGE:
                item.add_marker(pytest.mark.every_page)


@pytest.fixture(autouse=True)
def _fresh_worker():
    """Takes the place of the one for all tests: here the server is another process."""


# --- The product -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def destination():
    """Where the exit of the product under test leads."""
    with elsewhere() as server:
        yield server


@pytest.fixture(scope="session")
def server_environment(tmp_path_factory, destination):
    """What `manage.py` runs with: files of its own, and a database of its own."""
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
        "ADMIN_PASSWORD": PASSWORD,
    }
    for name in ("PRODUCTION", "DEBUG", "ALLOWED_HOSTS"):
        environment.pop(name, None)
    environment["EXIT_URL"] = destination.url
    environment["DJANGO_SETTINGS_MODULE"] = "tests.browser.settings"
    environment["CONSULTATIONS_OPEN"] = "1"
    url = environment.pop("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield environment
        return
    with database_beside(url, "browser") as own:
        yield {**environment, "DATABASE_URL": own}


@dataclass(frozen=True)
class Server:
    address: str
    log: Path
    var_dir: str


@pytest.fixture(scope="session")
def base_url(server):
    """Where the product runs; pytest-playwright puts it before every address."""
    return server.address


@pytest.fixture(scope="session")
def server(server_environment, tmp_path_factory):
    """The product, as `make run` starts it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("log") / "serve.log"
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that `finally` has its turn
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=server_environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_ready(process, address, log)
        ask_an_organisation(server_environment)
        yield Server(address, log, server_environment["VAR_DIR"])
    finally:
        end_group(process)


LINK = "a-link-of-the-tests"
QUESTION = 1_000_000  # beyond what the database counts by itself
ASK = f"""
from curation.verification.models import CheckMail
from practices.models import Practice
practice = Practice.objects.get(code="VB17")
CheckMail.objects.create(pk={QUESTION}, practice=practice, due_on="2026-01-01", language="nl")

from care.confidential import mark_of
from network.models import Consultation, ExpertTheme
from tests.factories import TOLD
from tests.staff import make_colleague
from network.consultations import acts
coordinator = make_colleague("Coordinator", username="coordinator", email="coordinator@a.example")
facts = {{"language": "fr", "audience": "parents", "urgency": "calm", "region": "BE-BRU"}}
themes = ExpertTheme.objects.filter(code="competences")
question, _ = acts.ask(TOLD, themes, "form-of-the-tests", may_publish=False, **facts)
acts.accept(question, coordinator)
Consultation.objects.update(link_mark=mark_of("{LINK}"), state="answered")
acts.note(question, "answered", "expert", text="Begin by listening.")

from tests.factories import make_open_session, make_registration
from trainings.models import Registration, Training
training = Training.objects.get(code="prefer-formations")
session = make_open_session(training, place="21004", days=40, pk={QUESTION})
make_registration(session)
Registration.objects.update(link_mark=mark_of("{LINK}"))
"""


def ask_an_organisation(environment):
    """So that the pages behind its link, and behind that of a question, are there."""
    command = [sys.executable, "manage.py", "shell", "--command", ASK]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(process, address, log):
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The server did not become ready:\n{log.read_text()[-3000:]}")


def end_group(process):
    """The server and its workers, also when one of them does not listen."""
    for ending in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, ending)
            process.wait(timeout=15)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


# --- The browser -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not CHROMIUM:
        pytest.fail("Chromium is not installed; CHROMIUM names one that is not on the PATH.")
    arguments = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments.split()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without the smooth scrolling, which a test would have to wait for."""
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def inside(server, server_environment):
    """Runs Python beside the server, on its database; what it prints as JSON comes back."""

    def run(code):
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", code]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=server_environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    return run


@pytest.fixture(scope="module")
def made_up(inside):
    """Records that exist nowhere, for as long as the tests of one file."""
    from tests.browser.made_up import MAKE, REMOVE

    yield inside(MAKE)
    inside(REMOVE)


@pytest.fixture(scope="session")
def recovery_codes(base_url, server_environment):
    """Makes the curator; each code that is taken from here signs in once."""
    done = subprocess.run(
        [sys.executable, "manage.py", "create_admin", "curator"],
        cwd=settings.BASE_DIR,
        env=server_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return iter(re.findall(r"^  (\d{4} \d{4} \d{4})$", done.stdout, re.MULTILINE))


@pytest.fixture(scope="session")
def signed_in(browser, base_url, recovery_codes):
    """The cookies of a curator who has signed in."""
    page = browser.new_page(base_url=base_url)
    page.goto(path_of("admin:index", "nl"))
    sign_in(page, "curator", next(recovery_codes))
    assert page.locator("#user-tools").is_visible()
    state = page.context.storage_state()
    page.context.close()
    return state


@pytest.fixture
def curator(new_context, signed_in):
    """A page of a curator who has signed in."""
    return new_context(storage_state=signed_in).new_page()


# --- Words the tests share ---------------------------------------------------------------------


def path_of(name, language, *arguments):
    with translation.override(language):
        return reverse(name, args=arguments)


def practice_path(code, language):
    content = settings.CONTENT_DIR / "practices" / f"{code}.yaml"
    slug = yaml.safe_load(content.read_text(encoding="utf-8"))["slug"][language]
    return path_of("practice_detail", language, slug)


def list_path(language, **asked):
    return f"{path_of('practice_list', language)}?{urlencode(asked)}"


def sealed_path(language, **asked):
    """Where the search form leads; the server knows the same key."""
    return path_of("sealed_list", language, seal(urlencode(asked)))


def public_path(kind, language):
    """The address of one kind of public page."""
    narrowed = {"q": SEARCHED[language], "place": ANTWERP[language], "target_group": "parents"}
    return {
        "home": lambda: path_of("home", language),
        "list": lambda: path_of("practice_list", language),
        "list_narrowed": lambda: list_path(language, **narrowed),
        "list_sealed": lambda: sealed_path(language, **narrowed),
        "list_empty": lambda: list_path(language, q="qqqqqq"),
        "list_refused": lambda: list_path(language, target_group="nobody"),
        "detail": lambda: practice_path("VB17", language),
        "detail_title_only": lambda: practice_path("VB15", language),
        "organisations": lambda: path_of("actor_list", language),
        "organisations_sealed": lambda: path_of(
            "sealed_actor_list", language, seal(f"place={ANTWERP[language]}&level=local")
        ),
        "offers": lambda: path_of("offer_list", language),
        "offers_empty": lambda: f"{path_of('offer_list', language)}?q=qqqqqq",
        "offers_refused": lambda: f"{path_of('offer_list', language)}?kind=nothing",
        "offers_expired": lambda: path_of("sealed_offer_list", language, "nobody-sealed-this"),
        "offer": lambda: path_of("offer_detail", language, "textgain-dashboard"),
        "trainings": lambda: path_of("training_list", language),
        "trainings_empty": lambda: f"{path_of('training_list', language)}?q=qqqqqq",
        "trainings_days": lambda: f"{path_of('training_list', language)}?on_request=1",
        "training": lambda: path_of("training_detail", language, "solentra-training"),
        "training_past": lambda: path_of("training_detail", language, "cerso-cert"),
        "training_month": lambda: path_of("training_month", language, "2026-12"),
        "session": lambda: path_of("session_detail", language, "prefer-formations", QUESTION),
        "register": lambda: path_of("session_register", language, "prefer-formations", QUESTION),
        "registration": lambda: path_of("registration", language, LINK),
        "registration_sent": lambda: path_of("registration_sent", language),
        "registration_gone": lambda: path_of("registration", language, "nobody"),
        "network": lambda: path_of("network", language),
        "network_join": lambda: path_of("network_join", language),
        "network_practice": lambda: path_of("network_practice", language),
        "network_thanks": lambda: path_of("network_request_thanks", language),
        "platform": lambda: path_of("expert_platform", language),
        **{name: lambda name=name: path_of(name, language) for name in GUIDE},
        "theme": lambda: path_of("expert_theme", language, "competences"),
        "ask": lambda: path_of("consultation_ask", language),
        "question": lambda: path_of("consultation", language, LINK),
        "question_gone": lambda: path_of("consultation", language, "nobody-made-this"),
        "secrecy": lambda: path_of("professional_secrecy", language),
        "organisation": lambda: path_of("actor_detail", language, "stad-antwerpen"),
        "suggestion": lambda: path_of("suggest_about_practice", language, "VB17"),
        "suggestion_organisation": lambda: path_of(
            "suggest_about_actor", language, "stad-antwerpen"
        ),
        "suggestion_thanks": lambda: path_of("suggestion_thanks", language),
        "organisation_check": lambda: path_of(
            "organisation_check", language, signing.dumps(QUESTION, salt=LINK_SALT)
        ),
        "organisation_check_expired": lambda: path_of("organisation_check", language, "nobody"),
        "help_lines": lambda: path_of("help_line_list", language),
        "help_lines_narrowed": lambda: (
            f"{path_of('help_line_list', language)}?need=parenting&language=fr"
        ),
        "finder": lambda: path_of("finder", language),
        "finder_place": lambda: path_of("finder_step", language, 3, seal("situation=signs")),
        "finder_answer": lambda: path_of(
            "finder_answer", language, seal(f"situation=signs&relation=&place={ANTWERP[language]}")
        ),
        "finder_thanked": lambda: path_of(
            "finder_answer", language, seal("situation=signs&relation=&place=4800&told=1")
        ),
        "finder_expired": lambda: path_of("finder_answer", language, "nobody-sealed-this"),
        "shortlist": lambda: path_of("shortlist", language, seal(KEPT)),
        "shortlist_empty": lambda: path_of("shortlist_start", language),
        "shortlist_expired": lambda: path_of("shortlist", language, "nobody-sealed-this"),
        "compare": lambda: path_of("shortlist_compare", language, seal(KEPT)),
        "handout": lambda: path_of("shortlist_handout", language, seal(KEPT)),
        "about": lambda: path_of("about", language),
        "safety": lambda: path_of("safety", language),
        "privacy": lambda: path_of("privacy", language),
        "accessibility": lambda: path_of("accessibility", language),
        "german": lambda: path_of("whom_to_call_de", language),
        "arabic": lambda: path_of("whom_to_call_ar", language),
        "not_found": lambda: f"/{language}/nowhere/",
        "bad_address": lambda: list_path(language, q="\0"),
        "forbidden": lambda: f"/{language}/forbidden/",
        "too_long": lambda: list_path(language, q="a" * 8_050),
        "fault": lambda: f"/{language}/fault/",
        "admin_login": lambda: path_of("admin:login", language),
    }[kind]()


STATUS = {
    "list_refused": 400,
    "offers_refused": 400,
    "offers_expired": 404,
    "registration_gone": 404,
    "not_found": 404,
    "finder_expired": 404,
    "organisation_check_expired": 404,
    "question_gone": 404,
    "shortlist_expired": 404,
    "bad_address": 400,
    "forbidden": 403,
    "form_refused": 403,
    "too_large": 413,
    "too_long": 414,
    "fault": 500,
}
SEND = """([address, length]) => {
  const form = document.createElement("form"), field = document.createElement("input");
  form.method = "post";
  form.action = address;
  field.name = "text";
  field.value = "a".repeat(length);
  form.append(field);
  document.body.append(form);
  form.submit();
}"""


def visit(page, kind, language):
    """Open a public page and everything that is folded on it."""
    if kind == "form_refused":
        response = send(page, path_of("about", language), 1)
    elif kind == "too_large":
        response = send(page, path_of("suggest", language), 3_000_000)
    else:
        response = page.goto(public_path(kind, language))
    assert response.status == STATUS.get(kind, 200)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")


def send(page, address, length):
    """Send a text by a form that no page of ours has."""
    page.goto(path_of("about", address.split("/")[1]))
    with page.expect_navigation() as navigation:
        page.evaluate(SEND, [address, length])
    return navigation.value


def sign_in(page, username, code="", password=PASSWORD):
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.fill("#id_code", code)
    follow(page.locator("#login-form [type=submit]"))


def follow(link):
    """Click, and wait for the page that comes."""
    with link.page.expect_navigation():
        link.click()


def listen(page, base_url):
    """A list that fills with what goes wrong from now on, refusals of the policy included."""
    found = []
    page.context.add_init_script(
        "addEventListener('securitypolicyviolation', event =>"
        " console.error('policy', event.violatedDirective, event.blockedURI, event.sample), true)"
    )
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.on(
        "console",
        lambda message: message.type == "error" and found.append(f"console: {message.text}"),
    )
    page.on(
        "request",
        lambda request: (
            request.url.startswith((f"{base_url}/", "data:"))
            or found.append(f"request: {request.url}")
        ),
    )
    return found
