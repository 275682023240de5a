"""From where somebody asks."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings


def client_address(request) -> str | None:
    """What the connection says; behind our proxy, what the proxy itself wrote last."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        told = forwarded.rpartition(",")[2].strip() or told
    return counted_as(told)


def counted_as(told) -> str | None:
    """An IPv6 subscriber has 2^64 addresses: they all count as the first one."""
    try:
        address = ip_address(told)
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
