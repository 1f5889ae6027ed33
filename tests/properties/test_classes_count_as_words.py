"""A class of a list's own never gives more than the word that it counts as, nor less."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from passport.evidence import weigh
from passport.trust import (
    Recognition,
    RecognitionClass,
    TrustEntry,
    TrustStore,
    counted,
    parse_trust_list,
    verify_trust_list,
)
from tests.simulators.chains import SKILL, claim
from tests.simulators.parties import NOW, Party, World, recognise

WORLD, WORKER = World(), Party("A worker")
DELEGATE, SIGNERS = Party("Delegate"), [Party(f"Signer {number}") for number in range(2)]
PLACE = "https://delegate.example/list"
ASSESSOR = Party("Assessor").profile
BADGES = [
    WORLD.verify(made)
    for signer in SIGNERS
    for made in (
        signer.issue(WORKER, [SKILL], kind="Diploma"),
        signer.issue(WORKER, [SKILL], genres=["work-record"]),
        signer.issue(
            WORKER, [SKILL], genres=["assessment"], source=ASSESSOR, results=[{"status": "Completed"}]
        ),
    )
] + [WORLD.verify(claim(WORKER, [SKILL]))]

words = st.sampled_from(Recognition)


@st.composite
def classes(draw):
    """Some classes, each with a word."""
    count = draw(st.integers(1, 3))
    return [RecognitionClass(f"kind-{n}-x", draw(words), {"en": f"Kind {n} x"}) for n in range(2, 2 + count)]


@st.composite
def lists(draw):
    """A chosen list with a delegation, and the delegate's list: each with classes of its own."""
    own, theirs = draw(classes()), draw(classes())

    def some(made):
        return draw(st.frozensets(st.sampled_from([*made, *Recognition]), min_size=1, max_size=3))

    root = [recognise(SIGNERS[0], *some(own))] if draw(st.booleans()) else []
    root.append(recognise(DELEGATE, may_recognise=some(own), list_id=PLACE))
    return root, [recognise(draw(st.sampled_from(SIGNERS)), *some(theirs))]


def plain(entry: TrustEntry) -> TrustEntry:
    """The same entry with each class replaced by its word."""
    return replace(
        entry,
        recognised_as=frozenset(map(counted, entry.recognised_as)),
        may_recognise=frozenset(map(counted, entry.may_recognise)),
    )


def store(root, theirs):
    sources = [(WORLD.trust_list(*root), True)]
    sources.append((WORLD.trust_list(*theirs, publisher=DELEGATE, list_id=PLACE), False))
    return TrustStore(
        verify_trust_list(
            source,
            context=WORLD.context,
            expected_publishers={WORLD.registrar.did} if pinned else (),
            delegates=None,
        )
        for source, pinned in sources
    )


def everything(trust):
    """What is recognised, and what all proof then counts for."""
    found = weigh(BADGES, trust=trust, now=NOW, holder=WORKER.did)
    return (
        {party.did: {each.recognition for each in trust.recognitions(party.did, NOW)} for party in SIGNERS},
        {party.did: trust.ever(party.did) for party in (*SIGNERS, DELEGATE)},
        [(each.strength, each.answer, each.strength_without, each.signers) for each in found],
        [
            (link.credential_id, link.rule, link.ceiling, link.certain, link.recognised_as)
            for each in found
            for link in each.links
        ],
    )


@given(made=lists())
def test_a_class_counts_exactly_as_its_word(made):
    root, theirs = made
    assert everything(store(root, theirs)) == everything(store(map(plain, root), map(plain, theirs)))


@given(made=lists())
def test_what_is_written_is_read_back(made):
    for entries in made:
        assert parse_trust_list(WORLD.trust_list(*entries)).entries == tuple(entries)
