"""Showing an SD-JWT: the least set of disclosures, and the holder's signature (RFC 9901, section 7.2)."""

from collections.abc import Sequence
from datetime import datetime

from passport.errors.sd_jwt import HolderKeyMismatch
from passport.keys import Signer
from passport.sd_jwt.key_binding import holder_key, sign_key_binding
from passport.sd_jwt.pointers import parse_pointer, resolve_pointer
from passport.sd_jwt.processing import unfold
from passport.sd_jwt.token import SEPARATOR, parse


def present(
    text: str,
    *,
    pointers: Sequence[str],
    holder: Signer | None,
    nonce: str,
    audience: str,
    now: datetime,
) -> str:
    """Show chosen parts of an SD-JWT: those, what they stand in, and nothing that hangs below them.

    Args:
        text: the SD-JWT as it is held; a key binding that it has is left out.
        pointers: JSON pointers into `processed(parse(text))`; what is always visible may be named as well.
        holder: signs that it is shown; None for an SD-JWT that is bound to no key.
        nonce: what the verifier asked.
        audience: who asked.
        now: the present moment.

    Raises:
        PointerNotFound: there is no such part.
        HolderKeyMismatch: the issuer bound it to another key.
        Invalid, Indeterminate: what `parse` and `unfold` raise.
    """
    sd_jwt = parse(text)
    unfolded = unfold(sd_jwt)
    wanted = set()
    for pointer in pointers:
        place = parse_pointer(pointer)
        resolve_pointer(unfolded.claims, place)
        wanted |= {place[:length] for length in range(1, len(place) + 1)}
    shown = {disclosure.text for place, disclosure in unfolded.placed.items() if place in wanted}
    kept = [disclosure.text for disclosure in sd_jwt.disclosures if disclosure.text in shown]
    whole = SEPARATOR.join([sd_jwt.jwt.compact, *kept, ""])
    if holder is None:
        return whole
    if holder_key(sd_jwt.claims) != holder.public_key:
        raise HolderKeyMismatch
    return whole + sign_key_binding(
        whole, algorithm=sd_jwt.digest_algorithm, holder=holder, nonce=nonce, audience=audience, now=now
    )
