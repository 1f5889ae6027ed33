"""Whatever an issuer makes mandatory and a holder chooses: the part holds, shows that, and hides the rest."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.encoding import base64url_decode
from passport.errors import PassportError
from passport.proofs.ecdsa_sd.pointers import select
from tests.simulators.selective import BADGE, forged, issue, proof_of, show, verify


def pointers_into(value, path=""):
    """Every pointer into a document, its contexts left out."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, member in members:
        if name != "@context":
            yield f"{path}/{name}"
            yield from pointers_into(member, f"{path}/{name}")


def texts_of(value):
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {value} if isinstance(value, str) else {text for member in members for text in texts_of(member)}


POINTERS = sorted(pointers_into(BADGE))
some = st.lists(st.sampled_from(POINTERS), max_size=4)


@settings(max_examples=40, deadline=None)
@given(mandatory=some, chosen=some.filter(bool))
def test_every_part_holds_and_shows_no_more(mandatory, chosen):
    base = issue(mandatory=mandatory)
    verify(base, allow_base_proof=True)
    shown = show(base, *chosen)
    verify(shown)
    part = {name: member for name, member in shown.items() if name != "proof"}
    assert part == select(BADGE, [*mandatory, *chosen])
    hidden = texts_of(BADGE) - texts_of(part)
    assert not texts_of(shown) & hidden
    value = base64url_decode(shown["proof"]["proofValue"][1:])
    assert not any(text.encode() in value for text in hidden if len(text) > 3)
    assert proof_of(base).hmac_key not in value
    assert set(proof_of(shown).signatures) <= set(proof_of(base).signatures)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_shown_text_can_be_changed(data):
    shown = show(issue(), *data.draw(some.filter(bool)))
    written = json.dumps(shown)
    text = data.draw(st.sampled_from(sorted(texts_of({**shown, "proof": 0, "@context": 0, "type": 0}))))
    changed = json.loads(written.replace(json.dumps(text), json.dumps(f"{text}x")))
    with pytest.raises(PassportError):
        verify(changed)


def test_who_has_two_parts_can_put_them_together():
    """Known of the suite, and said in docs/selective-disclosure.md: two parts are parts of one thing."""
    base = issue()
    one, other = show(base, "/name"), show(base, "/id", "/evidence/2/name")
    both = {**other, "name": one["name"]}
    honest = show(base, "/name", "/evidence/2/name")
    assert {**both, "proof": 0} == {**honest, "proof": 0}
    found = {*proof_of(one).signatures, *proof_of(other).signatures}
    assert set(proof_of(honest).signatures) <= found
    assert verify(
        forged(
            both,
            **{
                name: getattr(proof_of(honest), name)
                for name in ("signatures", "labels", "mandatory_indexes")
            },
        )
    )
