"""The Profile of the person who agreed (sections 6.2.4 and B.1)."""

from passport.credentials.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from passport.json import JsonObject


def profile(identifier: str, *, email: str | None = None) -> JsonObject:
    """A Profile with what is known, and nothing that nobody proved.

    Args:
        identifier: a URI that names this person, to this client at least.
        email: an address that the person proved.
    """
    written: JsonObject = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": identifier,
        "type": ["Profile"],
    }
    if email is not None:
        written["email"] = email
    return written
