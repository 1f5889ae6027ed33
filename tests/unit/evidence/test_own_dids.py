"""A wallet knows which DIDs are its holder's own: what one of them signs is the holder's own word."""

from passport.evidence.parties import Parties
from passport.trust import TrustStore
from tests.simulators.parties import Party


def test_every_did_of_the_wallet_is_its_holder_and_nobody_elses_is():
    holder, second, stranger = Party("Holder"), Party("Second key"), Party("Stranger")
    parties = Parties((), TrustStore(), holder.did, (), (second.did,))
    assert parties.is_holder(second.did)
    assert parties.party(second.did) == parties.party(holder.did)
    assert not parties.is_holder(stranger.did)


def test_without_being_told_two_dids_are_two_parties():
    holder, second = Party("Holder"), Party("Second key")
    assert not Parties((), TrustStore(), holder.did).is_holder(second.did)
