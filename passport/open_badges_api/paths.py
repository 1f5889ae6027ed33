"""Where the endpoints are, below a provider's base address (Open Badges 3.0, sections 6.2 and 6.3)."""

from urllib.parse import urlsplit

from passport.oauth.urls import check_url

ROOT = "/ims/ob/v3p0"
DISCOVERY = f"{ROOT}/discovery"
CREDENTIALS = f"{ROOT}/credentials"
PROFILE = f"{ROOT}/profile"


def base_address(text: str) -> str:
    """The base address in what a person typed or pasted: with or without https, or the discovery address.

    Raises:
        MalformedIssuerUrl: another scheme, user information, a query or a fragment.
    """
    address = text.strip()
    if "://" not in address:
        address = f"https://{address}"
    return check_url(address.removesuffix("/").removesuffix(DISCOVERY).removesuffix("/"))


def origin_of(url: str) -> tuple[str, str]:
    """Scheme and authority of a checked address."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()
