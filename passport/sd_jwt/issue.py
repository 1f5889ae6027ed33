"""Making an SD-JWT (RFC 9901, sections 4.1, 4.2 and 6.1)."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from passport import limits
from passport.encoding import base64url_encode
from passport.errors.jose import ClaimsContradict, TokenTooLarge
from passport.errors.sd_jwt import NotDisclosable, ReservedClaimName, TooManyDisclosures
from passport.jose import jws
from passport.json import JsonObject, dump
from passport.keys import PublicKey, Signer
from passport.sd_jwt.disclosure import (
    ALGORITHM,
    DEFAULT,
    DIGESTS,
    ELEMENT,
    RESERVED,
    Disclosure,
    digest,
    make_disclosure,
)
from passport.sd_jwt.pointers import Place, parse_pointer, resolve_pointer
from passport.sd_jwt.token import SEPARATOR

PROTECTED = frozenset({"iss", "aud", "iat", "nbf", "exp", "jti", "cnf", "status", "vct", "vct#integrity"})
"""Claims that a check needs (RFC 9901, section 9.7; SD-JWT VC, section 2.2.2.2): they are always visible."""
_SALT = 16
"""Bytes: 128 bits, so that nobody guesses a value from its digest (RFC 9901, section 9.3)."""


def issue(
    claims: JsonObject,
    *,
    disclosable: Sequence[str],
    signer: Signer,
    header: JsonObject,
    holder_key: PublicKey | None = None,
    decoys: int = 0,
    randomness: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """Sign claims of which some can be shown one by one; all disclosures are in what is returned.

    Args:
        claims: what is signed, left alone.
        disclosable: JSON pointers to members and array elements; one within another can be shown apart.
        signer: holds the issuer's key.
        header: of the JWT; `alg` is set from the key.
        holder_key: whose key must sign when it is shown; written as `cnf`.
        decoys: digests of nothing, added wherever something can be left out.
        randomness: as many random bytes as asked.

    Raises:
        PointerNotFound, NotDisclosable, ReservedClaimName, ClaimsContradict
        TooManyDisclosures, TokenTooLarge
    """
    places = frozenset(parse_pointer(pointer) for pointer in disclosable)
    for place in places:
        resolve_pointer(claims, place)
        if not place or place[0] in PROTECTED:
            raise NotDisclosable
    if len(places) > limits.SD_JWT.disclosures or decoys > limits.SD_JWT.decoys:
        raise TooManyDisclosures(limit=limits.SD_JWT.disclosures)
    if ALGORITHM in claims:
        raise ReservedClaimName
    work = _Concealing(places, decoys, randomness)
    payload: JsonObject = {**work.conceal(claims, ()), ALGORITHM: DEFAULT}
    if holder_key is not None:
        if "cnf" in claims:
            raise ClaimsContradict(claim="cnf")
        payload["cnf"] = {"jwk": holder_key.to_jwk()}
    content = dump(payload)
    if len(content) > limits.JWT_PAYLOAD.size:
        raise TokenTooLarge(limit=limits.JWT_PAYLOAD.size)
    token = jws.sign(content, signer=signer, header=header)
    return SEPARATOR.join([token, *(disclosure.text for disclosure in work.made), ""])


class _Concealing:
    def __init__(self, places: frozenset[Place], decoys: int, randomness: Callable[[int], bytes]) -> None:
        self._places = places
        self._decoys = decoys
        self._randomness = randomness
        self.made: list[Disclosure] = []

    def conceal(self, value: Any, at: Place) -> Any:
        if isinstance(value, dict):
            return self._conceal_object(value, at)
        if isinstance(value, list):
            return self._conceal_array(value, at)
        return value

    def _conceal_object(self, source: JsonObject, at: Place) -> JsonObject:
        if not {DIGESTS, ELEMENT}.isdisjoint(source):
            raise ReservedClaimName
        visible: JsonObject = {}
        marks: list[str] = []
        for name, value in source.items():
            inner = self.conceal(value, (*at, name))
            if (*at, name) in self._places:
                if name in RESERVED:
                    raise ReservedClaimName
                marks.append(self._disclose(name, inner))
            else:
                visible[name] = inner
        if marks:
            marks += [self._decoy() for _ in range(self._decoys)]
            visible[DIGESTS] = sorted(marks)  # their order says nothing of the order of the claims (4.2.4.1)
        return visible

    def _conceal_array(self, source: list[Any], at: Place) -> list[Any]:
        made = []
        for index, element in enumerate(source):
            place = (*at, str(index))
            inner = self.conceal(element, place)
            made.append({ELEMENT: self._disclose(None, inner)} if place in self._places else inner)
        if any(isinstance(element, dict) and ELEMENT in element for element in made):
            for _ in range(self._decoys):
                made.insert(self._below(len(made) + 1), {ELEMENT: self._decoy()})
        return made

    def _disclose(self, name: str | None, value: Any) -> str:
        disclosure = make_disclosure(base64url_encode(self._randomness(_SALT)), name, value)
        self.made.append(disclosure)
        return digest(disclosure.text)

    def _decoy(self) -> str:
        """The digest of something random, so that nobody tells it from another (RFC 9901, section 4.2.5)."""
        return digest(base64url_encode(self._randomness(2 * _SALT)))

    def _below(self, count: int) -> int:
        return int.from_bytes(self._randomness(8), "big") % count
