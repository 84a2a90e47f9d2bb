"""Whether a browser or a place is one that a person has signed in from before."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

# The part of an address that stays the same from day to day.
SAME_PLACE = {4: 24, 6: 48}


def place(ip: str) -> str:
    """The network of an address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    network = ipaddress.ip_network(f"{address}/{SAME_PLACE[address.version]}", strict=False)
    return str(network)


def browser(agent: str) -> str:
    """The browser without the figures of its version, which change each month."""
    return re.sub(r"[\d._]+", "", agent)


def is_news(ip: str, agent: str, earlier: Iterable[tuple[str, str]], *, is_first: bool) -> bool:
    """Whether the browser or the place is new; the first time that anybody signs in is no news.

    Somebody who has been here, and of whom no session is kept any more, is told: of them nothing
    is known.
    """
    known = list(earlier)
    if not known:
        return not is_first
    places = {place(one) for one, _ in known}
    browsers = {browser(one) for _, one in known}
    return place(ip) not in places or browser(agent) not in browsers
