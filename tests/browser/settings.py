"""The product as it is, with two pages that fail: the browser tests look at the answers."""

from familysupport.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.failing_urls"
