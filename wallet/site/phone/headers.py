"""What the app's files are served with, and what of it the service worker answers with when it is offline.

Two policies. The page and Python's worker reach nothing but this app's own files. Only the keeper, a small
script that runs nothing else, reaches out; and no page, however it is attacked, can make it do anything but
what Python asks.
"""

from collections.abc import Mapping
from types import MappingProxyType

_TYPES = {
    "css": "text/css; charset=utf-8",
    "gz": "application/octet-stream",  # unpacked by the app itself: a server must not call it an encoding
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "zip": "application/zip",
}
_PAGE = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "skills-passport",
}
_INSIDE = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "connect-src": "'self'",
}
_KEEPER = {"default-src": "'none'", "script-src": "'self'", "connect-src": "'self' https:"}
_LOOPBACK = "http://localhost:* http://127.0.0.1:*"
_BROWSER_ONLY = "frame-ancestors 'none'"
"""Means something in a header only."""
_ISOLATED: Mapping[str, str] = MappingProxyType(
    {
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
_FOR_EVER = "public, max-age=31536000, immutable"


def in_page() -> str:
    """The policy as the page itself says it, for servers that can't send headers."""
    return _written(_PAGE)


def of(path: str, *, loopback: bool = False) -> dict[str, str]:
    """The headers of one file of the build; `loopback`: issuers on this machine may be asked too."""
    policy, name = _written(_PAGE), path.rpartition("/")[2]
    if name.startswith(("python-", "reader-")) and name.endswith(".js"):
        policy = _written(_INSIDE)
    if name.startswith("keeper-"):
        reach = f"{_KEEPER['connect-src']} {_LOOPBACK}" if loopback else _KEEPER["connect-src"]
        policy = _written({**_KEEPER, "connect-src": reach})
    return {
        "Content-Type": _TYPES[path.rpartition(".")[2]],
        "Content-Security-Policy": f"{policy}; {_BROWSER_ONLY}",
        "Cache-Control": _FOR_EVER if path.startswith("f/") else "no-cache",
        **_ISOLATED,
    }


def _written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
