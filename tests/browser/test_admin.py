"""The curators' pages, under the same content security policy as the site."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.contrib import admin

from care.models import SignInEvent
from care.sealing import seal
from curation.accounts.models import Invitation
from curation.suggestions.models import Suggestion
from guide.models import NativeReading
from network.models import Expert, NetworkRequest, PublicAnswer, SecrecyArticle
from places.models import Place
from practices.models import DeadEnd
from tests.browser.conftest import follow, listen, path_of, sign_in

LANGUAGES = ("nl", "fr", "en")


def changelist_path(model, language):
    return path_of(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", language)


def paths(page, selector):
    links = page.eval_on_selector_all(selector, "links => links.map(link => link.href)")
    return list(dict.fromkeys(urlsplit(link).path for link in links))


def open_practice(page, code, language="nl"):
    page.goto(path_of("admin:practices_practice_changelist", language) + f"?code={code}")
    page.goto(paths(page, "#result_list tbody th a")[0])


class Tour:
    """Opens pages and notes per path what went wrong there."""

    def __init__(self, page, base_url):
        self.page = page
        self.heard = listen(page, base_url)
        self.seen = []
        self.wrong = {}

    def open(self, path):
        response = self.page.goto(path)
        self.page.evaluate("new Promise(requestAnimationFrame)")
        status = [] if response.status == 200 else [f"status: {response.status}"]
        if status or self.heard:
            self.wrong[path] = status + self.heard
        self.heard.clear()
        self.seen.append(path)

    def open_new(self, paths):
        for path in paths:
            if path not in self.seen:
                self.open(path)

    def links(self, selector):
        return paths(self.page, selector)


def tap_that_nothing_fits(page, times):
    for _ in range(times):
        page.goto(path_of("finder_answer", "nl", seal("situation=died&relation=&place=9000")))
        follow(page.locator(".nothing-fits button"))


def tools(tour):
    """What stands above a list or a record; a table that comes down is no page."""
    return [path for path in tour.links("ul.object-tools a") if "/export/" not in path]


def test_every_admin_page_obeys_the_policy(curator, base_url, made_up):
    tap_that_nothing_fits(curator, DeadEnd.LEAST_SHOWN)
    curator.goto(path_of("admin:auth_group_add", "nl"))
    curator.fill("#id_name", "A group of our own")  # the first of the list, before the roles
    follow(curator.locator("[name=_save]"))
    tour = Tour(curator, base_url)

    for name in ("password_change", "second_factor", "set_up_telephone"):
        tour.open(path_of(f"admin:{name}", "nl"))
    tour.open(path_of("admin:index", "nl"))
    changelists = tour.links("#content-main tr[class^=model-] th a")
    panels = tour.links(".panel a")
    for path in [*tour.links("#content-main caption a"), *tour.links("#content-main a.addlink")]:
        tour.open(path)
    empty = set()
    for changelist in changelists:
        tour.open(changelist)
        records = tour.links("#result_list tbody th a")
        tour.open_new(tools(tour))
        if not records:
            empty.add(changelist)
            continue
        tour.open(records[0])
        more = tour.links("a.historylink, a.deletelink, a[href*='password/']")
        tour.open_new([*more, *tools(tour)])

    models = set(admin.site._registry)
    pages = Counter(path.split("/")[-2] for path in tour.seen)
    tour.open_new(panels)
    looked_up = {Place, SignInEvent, NativeReading, DeadEnd, Suggestion}
    assert set(changelists) == {changelist_path(model, "nl") for model in models}
    without_records = {Expert, PublicAnswer, NetworkRequest}
    one_row = {SecrecyArticle}
    assert empty == {changelist_path(model, "nl") for model in without_records}
    assert pages["change"] == pages["history"] == len(models - without_records)
    assert pages["add"] == len(models - looked_up - one_row - {NetworkRequest})
    assert pages["delete"] == len(models - looked_up - {Invitation} - one_row - without_records)
    assert tour.wrong == {}


@pytest.mark.parametrize("script", [True, False])
def test_preview_of_a_rule_shows_what_is_ticked(new_context, signed_in, base_url, script):
    page = new_context(storage_state=signed_in, java_script_enabled=script).new_page()
    found = listen(page, base_url) if script else []
    page.goto(path_of("admin:practices_situationrule_changelist", "en"))
    follow(page.locator("#result_list tbody th a").first)
    saved = page.locator("input[name=terms]:checked").count()
    page.locator("input[name=terms]:not(:checked)").first.check()

    follow(page.locator("[formaction*=preview]"))

    assert "Nothing is saved yet" in page.locator("#content").inner_text()
    assert page.locator("input[name=terms]:checked").count() == saved + 1
    assert page.locator("#content ol li").count() > 4
    assert found == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_admin_pages_obey_the_policy_in_other_languages(curator, base_url, language):
    tour = Tour(curator, base_url)

    tour.open(path_of("admin:index", language))
    tour.open(path_of("admin:practices_practice_changelist", language))
    tour.open(tour.links("#result_list tbody th a")[0])

    assert len(tour.seen) == 3
    assert tour.wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_in_and_out_obeys_the_policy(page, base_url, recovery_codes, language):
    found = listen(page, base_url)

    page.goto(path_of("admin:index", language))
    sign_in(page, "curator", next(recovery_codes))
    follow(page.locator("#logout-form button"))

    assert page.url == base_url + path_of("admin:logout", language)
    assert found == []


def test_editing_widgets_work_under_the_policy(curator, base_url):
    found = listen(curator, base_url)
    open_practice(curator, "VB15")

    curator.click(".field-lead_actor .select2-selection")
    curator.fill(".select2-dropdown .select2-search__field", "antwerpen")
    curator.click(".select2-results__option:has-text('Stad Antwerpen')")
    curator.click("#contacts-group .add-row a")
    with curator.expect_popup() as popup:
        curator.click("#add_id_lead_actor")
    popup.value.wait_for_selector("#actor_form")

    assert "Antwerpen" in curator.locator("#select2-id_lead_actor-container").inner_text()
    assert curator.locator("#contacts-group tr.dynamic-contacts").count() == 1
    assert found == []
