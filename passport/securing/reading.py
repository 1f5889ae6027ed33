"""Reading: the payload decides which form it is. An object is JSON; letters with dots are a token."""

import re

from passport import limits
from passport.credentials.enveloped import is_enveloped, unwrap
from passport.credentials.form import Form
from passport.errors.credentials import MalformedEnvelope
from passport.jose import vc_jwt
from passport.json import JsonObject, dump, parse_object
from passport.sd_jwt import credential
from passport.sd_jwt.pointers import value_at
from passport.securing.secured import Secured

_BLANKS = b" \t\r\n"
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_.~-]+")
_DISCLOSURES = b"~"


def read_secured(source: bytes | JsonObject, bounds: limits.JsonLimits = limits.CREDENTIAL) -> Secured:
    """Read a secured document in any form; an envelope is opened.

    Raises:
        Invalid: it is neither JSON nor a token, or one that is not well-formed.
    """
    if not isinstance(source, bytes):
        source = dump(source)
    text = source.strip(_BLANKS)
    if _TOKEN.fullmatch(text) is not None:
        return _token(text, bounds)
    document = parse_object(source, bounds)
    if not is_enveloped(document):
        return Secured(Form.LDP_VC, document, source)
    form, token = unwrap(document)
    found = _token(token, bounds)
    if found.form is not form:
        raise MalformedEnvelope
    return found


def _token(text: bytes, bounds: limits.JsonLimits) -> Secured:
    if _DISCLOSURES in text:
        shown = credential.read(text.decode("ascii"))
        return Secured(shown.form, _without_emptied(shown), text, shown)
    published = bounds if bounds is limits.PUBLISHED else None  # a list is larger than what people carry
    token = vc_jwt.read(text.decode("ascii"), published)
    return Secured(Form.JWT_VC, token.document, text, token)


def _without_emptied(shown: credential.SdJwtDocument) -> JsonObject:
    """The document without lists of which every item was left out: an empty list says nothing."""
    document = shown.document
    for place in filter(None, shown.hidden):
        holder = value_at(document, place[:-1])
        if isinstance(holder, dict) and holder.get(place[-1]) == []:  # `cnf` and its like are not there
            del holder[place[-1]]
    return document
