"""Which of our languages a person gets: asked for, remembered, or preferred by the browser."""

from fastapi import Request

from passport.texts import Language

COOKIE = "lang"
_CODES = frozenset(language.value for language in Language)


def language_of(request: Request) -> Language:
    """`?lang=`, then the cookie, then Accept-Language (RFC 9110, section 12.5.4), then English."""
    for asked in (request.query_params.get("lang", ""), request.cookies.get(COOKIE, "")):
        if asked in _CODES:
            return Language(asked)
    return _preferred(request.headers.get("accept-language", ""))


def _preferred(header: str) -> Language:
    best, best_weight = Language.EN, 0.0
    for part in header.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        weight = _weight(parameters)
        if primary in _CODES and weight > best_weight:
            best, best_weight = Language(primary), weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, float(value))
    except ValueError:
        return 0.0
