"""From which network a request comes, to bound what one of them may begin: counted, and never stored."""

import ipaddress

from fastapi import Request


def network_of(request: Request, *, behind_proxy: bool) -> str:
    """An IPv4 address, or the /64 that a household has of IPv6; `unknown` for what is neither.

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
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
