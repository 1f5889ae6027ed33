"""Narrowing or removing a delegation never adds a recognition; and nobody is recognised beyond it."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from passport.trust import Recognition, Revocation, TrustEntry, TrustStore, verify_trust_list
from tests.simulators.parties import NOW, Party, World, recognise

WORLD = World()
DAY = timedelta(days=1)
DELEGATES = [Party(f"Delegate {number}") for number in range(2)]
PLACES = {delegate.did: f"https://d{number}.example/list" for number, delegate in enumerate(DELEGATES)}
OTHERS = [Party(f"School {number}") for number in range(2)]
DIDS = [party.did for party in (WORLD.registrar, *DELEGATES, *OTHERS)]
SKILLS = [f"https://skills.example/{number}" for number in range(3)]
ACHIEVEMENTS = [f"https://badges.example/{number}" for number in range(2)]
MOMENTS = [NOW + days * DAY for days in (-30, -10, 0, 10)]

words = st.frozensets(st.sampled_from(Recognition), min_size=1, max_size=3)
limits = st.none() | st.frozensets(st.sampled_from(SKILLS), min_size=1)
badges = st.none() | st.frozensets(st.sampled_from(ACHIEVEMENTS), min_size=1)
begins = st.sampled_from([NOW - 40 * DAY, NOW - 20 * DAY, NOW - DAY])
ends = st.none() | st.sampled_from([NOW - 5 * DAY + timedelta(days=5, seconds=1), NOW + 5 * DAY])
revocations = st.none() | st.sampled_from([Revocation(NOW - 15 * DAY, "x"), Revocation(NOW + DAY, "x")])

entries = st.builds(
    TrustEntry,
    id=st.sampled_from(DIDS),
    name=st.just("A party"),
    recognised_as=words,
    valid_from=begins,
    valid_until=ends,
    achievements=badges,
    skills=limits,
    also_known_as=st.frozensets(st.sampled_from(DIDS), max_size=1),
    revoked=revocations,
)


@st.composite
def delegations(draw):
    delegate = draw(st.sampled_from(DELEGATES))
    return replace(
        draw(entries),
        id=delegate.did,
        also_known_as=frozenset(),
        recognised_as=draw(words | st.just(frozenset())),
        may_recognise=draw(words),
        list_id=PLACES[delegate.did],
    )


@st.composite
def narrowed(draw, entry):
    """The same delegation with less in it; None where nothing is left of its entry."""
    one_skill = frozenset({draw(st.sampled_from(sorted(entry.skills or SKILLS)))})
    one_badge = frozenset({draw(st.sampled_from(sorted(entry.achievements or ACHIEVEMENTS)))})
    fewer_words = entry.may_recognise - {min(entry.may_recognise)} or entry.may_recognise
    removed = replace(entry, may_recognise=frozenset(), list_id=None) if entry.recognised_as else None
    return draw(
        st.sampled_from(
            [
                removed,
                replace(entry, may_recognise=fewer_words),
                replace(entry, skills=one_skill),
                replace(entry, achievements=one_badge),
                replace(entry, valid_from=entry.valid_from + timedelta(hours=12)),
                entry.until(Revocation(NOW - 20 * DAY, "x")),
                replace(entry, list_id="https://elsewhere.example/list"),
            ]
        )
    )


def signed(*listed, publisher=None, list_id="https://registrar.example/list", pinned=True):
    source = WORLD.trust_list(*listed, publisher=publisher, list_id=list_id)
    expected = {(publisher or WORLD.registrar).did} if pinned else ()
    return verify_trust_list(source, context=WORLD.context, expected_publishers=expected, delegates=None)


def stores(root, lists):
    held = [
        signed(*listed, publisher=delegate, list_id=PLACES[delegate.did], pinned=False)
        for delegate, listed in zip(DELEGATES, lists, strict=True)
    ]
    return TrustStore([signed(*root), *held])


def everything(store):
    return {
        (did, at, achievement, skill, each.recognition, each.list_id)
        for did in DIDS
        for at in MOMENTS
        for achievement in ACHIEVEMENTS
        for skill in SKILLS
        for each in store.recognitions(did, at, now=NOW, achievement=achievement, skills=[skill])
    }


lists = st.tuples(st.lists(entries, max_size=3), st.lists(entries, max_size=3))


@given(root=st.lists(entries, max_size=2), delegation=delegations(), listed=lists, data=st.data())
def test_narrowing_or_removing_a_delegation_never_adds_a_recognition(root, delegation, listed, data):
    less = data.draw(narrowed(delegation))
    before = everything(stores([*root, delegation], listed))
    after = everything(stores([*root, *([less] if less is not None else [])], listed))
    assert after <= before


@given(root=st.lists(entries, max_size=2), delegation=delegations(), listed=lists)
def test_nobody_is_recognised_beyond_a_delegation(root, delegation, listed):
    store = stores([*root, delegation], listed)
    for did, at, achievement, skill, recognition, list_id in everything(store):
        if list_id not in PLACES.values():
            continue
        assert list_id == delegation.list_id
        assert recognition in delegation.may_recognise
        assert delegation.in_force(at)
        assert delegation.in_force(NOW)
        assert delegation.covers(achievement, [skill])
        assert did not in {WORLD.registrar.did, *PLACES}


@given(listed=lists)
def test_without_a_delegation_the_lists_of_others_say_nothing(listed):
    assert everything(stores([recognise(OTHERS[0], Recognition.EMPLOYER)], listed)) == everything(
        TrustStore([signed(recognise(OTHERS[0], Recognition.EMPLOYER))])
    )
