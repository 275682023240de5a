"""The pictures of the handbook: made here with HANDBOOK=1, and otherwise held against the pages.

Beside the pictures stands what each page showed when it was taken: headings, labels and buttons.
"""

import base64
import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from curation.handbook import folder_of
from tests.browser.conftest import listen, path_of
from tests.browser.made_up import open_page

FOLDER = settings.BASE_DIR / "curation" / "static"
SHOWN = Path(__file__).with_name("handbook_pictures.json")
LANGUAGES = ("nl", "fr", "en")
PICTURES = {  # name → page, and the part of it that is shown
    "dashboard": ("dashboard", ".panel:has-text('ZZ11') >> nth=0"),
    "contacts": ("record", "#contacts-group"),
    "translate": ("translate", "table.beside"),
    "copy": ("copy review", "#content-main"),
    "version": ("version", "#content-main"),
    "conflict": ("conflict", ".conflicts"),
    "verification": ("verification", "#content form"),
    "suggestion": ("suggestion", "#suggestion_form"),
    "import": ("import preview", "#content"),
    "merge": ("merge", "#content form"),
}
MARKS = "h1, h2, h3, legend, th, label, button, [type=submit]"
LANDMARKS = """(part, marks) => [...part.querySelectorAll(marks)]
  .filter(one => one.checkVisibility())
  .map(one => (one.value && one.type === "submit" ? one.value : one.textContent))"""
WEBP = """async png => {
  const bitmap = await createImageBitmap(await (await fetch(png)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.6 });
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}"""
IS_MAKING = os.environ.get("HANDBOOK") == "1"


def picture(name, language):
    return FOLDER / folder_of(language) / f"{name}.webp"


def kept():
    return json.loads(SHOWN.read_text(encoding="utf-8")) if SHOWN.exists() else {}


def landmarks(part):
    """Without numbers, which tell of days and of how much there is."""
    told = (" ".join(re.sub(r"\d+", "", text).split()) for text in part.evaluate(LANDMARKS, MARKS))
    return [text for text in told if text]


def take(part, blank, name, language):
    png = base64.b64encode(part.screenshot(scale="css")).decode()
    packed = blank.evaluate(WEBP, f"data:image/png;base64,{png}")
    picture(name, language).parent.mkdir(parents=True, exist_ok=True)
    picture(name, language).write_bytes(bytes(packed))


def note(name, language, shown):
    entries = kept() | {f"{language}/{name}": shown}
    told = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1)
    SHOWN.write_text(told + "\n", encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_picture_shows_the_page_as_it_is(curator, browser, made_up, name, language):
    page, part = PICTURES[name]
    curator.set_viewport_size({"width": 760, "height": 900})
    open_page(curator, page, made_up, language)
    shown = landmarks(curator.locator(part))

    if IS_MAKING:
        take(curator.locator(part), browser.new_page(), name, language)
        note(name, language, shown)

    assert shown
    told = f"The page of “{name}” in {language} has changed: run make handbook"
    assert kept().get(f"{language}/{name}") == shown, told


@pytest.mark.skipif(IS_MAKING, reason="the server started before there were pictures")
@pytest.mark.parametrize("language", LANGUAGES)
def test_handbook_shows_all_its_pictures(curator, base_url, language):
    found = listen(curator, base_url)
    curator.goto(path_of("handbook", language))

    for image in curator.locator(".handbook img").all():
        image.scroll_into_view_if_needed()
        curator.wait_for_function("image => image.complete", arg=image.element_handle())
    widths = curator.locator(".handbook img").evaluate_all("all => all.map(i => i.naturalWidth)")

    assert len(widths) == len(PICTURES)
    assert min(widths) > 100
    assert found == []
