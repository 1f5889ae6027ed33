"""What a service must say about its place on the web."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from passport import limits

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Always answered to: a name that rebinds to this machine is never one of these."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    public_url: str
    """Where people and peers find this service: scheme, host and perhaps a port, no path."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names that it answers to beside that of `public_url`; "*" for any, behind a proxy that checks."""
    body_limit: int = limits.REQUEST_BODY
    body_limits: Mapping[str, int] = field(default_factory=dict)
    """Bytes for paths that take more, by shell pattern: {"/api/evidence*": 10_485_760}."""
    body_seconds: float = 20.0
    """For the whole body to arrive: a phone on a slow line sends 1 MiB in that time."""
    content_security_policy: Mapping[str, str] = field(default_factory=dict)
    """Directives that differ from the strict default."""

    @property
    def origin(self) -> str:
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def secure(self) -> bool:
        """Served over https: cookies are Secure and HSTS is sent."""
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset({urlsplit(self.public_url).hostname or "", *self.allowed_hosts}) | LOOPBACK
