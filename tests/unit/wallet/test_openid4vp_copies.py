"""Copies of a credential under keys of their own: one for each answer, and each once."""

import pytest

from passport.answers import Answer
from passport.keys import KeyType
from passport.sd_jwt import parse, processed
from passport.sd_jwt.key_binding import holder_key
from tests.simulators.forms import READ
from tests.simulators.vp_answering import SKILL, Asked, badge
from wallet.core.claiming.copies import copies_of, copy_records, new_copy_keys
from wallet.core.shelf import kept
from wallet.core.wallet import Kind

FORM = "dc+sd-jwt"


@pytest.fixture
def asked():
    made = Asked(FORM)
    made.keys = []
    return made


def copy(asked, count=1, **members):
    """Copies of the one credential that is there, each for a new key."""
    (one,) = kept(asked.wallet)
    for key in new_copy_keys(asked.wallet, count):
        source = asked.school.sign(FORM, asked.school.unsigned(key.holder.did, **members))
        asked.wallet.save(copy_records(one.id, [(key, source)]))
        asked.keys.append(key.holder.public_key)


def shown_to(asked, number, *queries, **more):
    """What the `number`th verifier gets."""
    wanted = badge(form=FORM, claims=[{"path": SKILL, "values": [READ]}])
    found = asked.ask(*(queries or (wanted,)), nonce=f"a-nonce-of-verifier-{number}", **more)
    answer = asked.approve(found)
    report = asked.verified(answer, found)
    assert all(check.answer is Answer.YES for check in report.together.checks)
    return [parse(each) for shown in asked.token(answer).values() for each in shown]


def key_in(presentation):
    return holder_key(presentation.claims)


def test_verifiers_who_compare_have_no_key_in_common_while_there_are_copies(asked):
    copy(asked, 2)
    shown = [shown_to(asked, number) for number in range(4)]
    keys = [key_in(each) for (each,) in shown]
    own = asked.wallet.holder.public_key
    assert set(keys[:2]) == set(asked.keys)
    assert keys[2:] == [own, own]
    for (each,) in shown:
        (skill,) = processed(each)["credentialSubject"]["achievement"]["alignment"]
        assert skill["targetUrl"] == READ


def test_a_copy_that_was_shown_is_gone_with_its_key(asked):
    copy(asked, 2)
    shown_to(asked, 1)
    (one,) = kept(asked.wallet)
    (left,) = copies_of(asked.wallet, one.id)
    assert left.holder.public_key in asked.keys
    shown_to(asked, 2)
    assert asked.wallet.vault.of_kind(Kind.COPY) == {}
    assert len(asked.wallet.vault.of_kind(Kind.SEED)) == 1


def test_a_copy_that_says_something_else_than_the_person_saw_is_not_shown(asked):
    copy(asked, achievement={"name": "Surgeon"})
    (shown,) = shown_to(asked, 1)
    assert key_in(shown) == asked.wallet.holder.public_key
    assert len(asked.wallet.vault.of_kind(Kind.COPY)) == 1


def test_a_copy_whose_key_the_verifier_can_not_check_stays(asked):
    copy(asked)
    metadata = {"vp_formats_supported": {FORM: {"kb-jwt_alg_values": ["EdDSA"]}}}
    (shown,) = shown_to(asked, 1, client_metadata=metadata)
    assert key_in(shown) == asked.wallet.holder.public_key
    assert asked.keys[0].type is KeyType.P256


def test_who_asks_twice_at_once_gets_one_copy(asked):
    copy(asked, 2)
    twice = [badge(name, form=FORM, claims=[{"path": SKILL}]) for name in ("one", "two")]
    one, two = shown_to(asked, 1, *twice)
    assert key_in(one) == key_in(two)
    assert len(asked.wallet.vault.of_kind(Kind.COPY)) == 1
