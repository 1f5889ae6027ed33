"""From which network a request comes, to bound what one of them may begin: counted, and never stored."""

import ipaddress

from fastapi import Request


def networks_of(request: Request, *, behind_proxy: bool) -> tuple[str, ...]:
    """An IPv4 address; of IPv6 the /64 that a household has, and the /48 around it, which anybody can have
    for nothing. `unknown` for what is neither.

    Each process of a service counts for itself: with several of them behind one address a network gets the
    limit once for each. A limit that must hold over all of them belongs in the proxy, or in the store.

    Args:
        request: as it came.
        behind_proxy: go by the last address in X-Forwarded-For, which the proxy in front of us writes.
            Without a proxy anybody could write one.
    """
    told = request.client.host if request.client else ""
    if behind_proxy:
        told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or told
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ("unknown",)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped  # how a listener for both writes IPv4: not one network for all of them
    if isinstance(address, ipaddress.IPv6Address):
        return tuple(str(ipaddress.ip_network((address, size), strict=False)) for size in (64, 48))
    return (str(address),)
