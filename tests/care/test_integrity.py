import base64
import hashlib
import re

import pytest
from django.conf import settings

from tests.pages import get

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/", "/en/nothing/"])
def test_every_script_of_a_public_page_is_named_with_its_digest(path):
    page = get(path).content.decode()

    found = re.findall(r'<script src="/static/([\w.]+)" integrity="sha384-([^"]+)"', page)

    assert [name for name, _ in found] == ["exit.js", "suggest.js"]
    assert page.count("<script") == 2
    for name, digest in found:
        content = (settings.BASE_DIR / "familysupport" / "static" / name).read_bytes()
        assert base64.b64decode(digest) == hashlib.sha384(content).digest()
