"""A function profile beside the query that it became, in `verifier_info` (OpenID4VP 1.0, section 5.1).

A wallet that knows profiles shows per demand what it is worth, and what of each credential the demand needs;
any other wallet ignores the format, as section 5.11 asks, and answers the query.
"""

from typing import Any

from passport.json import JsonObject

FORMAT = "function-profile"
_MOST = 8


def verifier_info_of(profile: JsonObject) -> list[JsonObject]:
    """The `verifier_info` of a request. Args: profile: signed by its publisher."""
    return [{"format": FORMAT, "data": profile}]


def profile_in(members: JsonObject) -> JsonObject | None:
    """The profile in a request's parameters, whoever signed it; None where there is none."""
    listed: Any = members.get("verifier_info")
    for each in listed[:_MOST] if isinstance(listed, list) else ():
        if isinstance(each, dict) and each.get("format") == FORMAT and isinstance(each.get("data"), dict):
            found: JsonObject = each["data"]
            return found
    return None
