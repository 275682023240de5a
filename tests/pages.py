"""Reads a page as a visitor's browser and a test see it."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

CODE = re.compile(r'data-code="([^"]+)"')
TOTAL = re.compile(r'data-total="(\d+)"')


def address(name, *args, language="en"):
    with override(language):
        return reverse(name, args=args)


def get(path, data=None, **headers):
    return Client().get(path, data, headers=headers or None)


def practice_list(language="en", **asked):
    return get(address("practice_list", language=language), asked)


def codes(response):
    return CODE.findall(response.content.decode())


def total(response):
    (found,) = TOTAL.findall(response.content.decode())
    return int(found)


def text(response):
    """Words only, white space folded."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(plain).split())


def links(response):
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', response.content.decode())]


def search(language="en", **asked):
    """The page that the search form leads to."""
    return Client().post(address("practice_list", language=language), asked, follow=True)


def buttons(response):
    """The changes that buttons of a page send."""
    return [
        unescape(value) for value in re.findall(r'name="change" value="([^"]*)"', body(response))
    ]


def body(response):
    return response.content.decode()


def submits_below(response, field):
    """Names of the buttons that send a form, below one of its boxes; Enter presses the first."""
    below = body(response).split(f'<textarea name="{field}"')[1].split("</form>")[0]
    return [
        "".join(re.findall(r'name="(\w+)"', button))
        for button in re.findall(r'<button[^>]* type="submit"[^>]*>', below)
    ]
