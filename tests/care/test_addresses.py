import pytest
from django.test import RequestFactory

from care.addresses import client_address


def seen(address="192.0.2.7", **meta):
    return client_address(RequestFactory().get("/", REMOTE_ADDR=address, **meta))


def test_address_is_that_of_the_connection():
    assert seen() == "192.0.2.7"


@pytest.mark.parametrize(
    "header",
    ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_CLIENT_IP", "HTTP_VIA"],
)
def test_header_of_the_visitor_is_not_believed(header):
    assert seen(**{header: "203.0.113.9"}) == "192.0.2.7"


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("made up,198.51.100.1 ,203.0.113.9", "203.0.113.9"),
        ("", "192.0.2.7"),
        ("203.0.113.9, unknown", None),
    ],
)
def test_behind_a_proxy_the_last_hop_counts(settings, forwarded, address):
    settings.BEHIND_PROXY = True

    assert seen(HTTP_X_FORWARDED_FOR=forwarded) == address


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", None),
    ],
)
def test_addresses_of_one_subscriber_count_as_one(told, counted):
    assert seen(told) == counted
