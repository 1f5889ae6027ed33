"""A government that lets a sector recognise schools, and the lists of both."""

from datetime import timedelta

from passport.trust import Recognition, open_trust_lists
from tests.simulators.parties import NOW, Party, World, recognise

DAY = timedelta(days=1)
WORLD = World()
SECTOR, OTHER_SECTOR = Party("Sector"), Party("Other sector")
SCHOOL, COMPANY = Party("School"), Party("Company")
SECTOR_LIST, OTHER_LIST = "https://sector.example/list", "https://other.example/list"
WELDING, BAKING = "https://skills.example/welding", "https://skills.example/baking"
BADGE = "https://badges.example/welder"
EDUCATOR, VALIDATOR, EMPLOYER = Recognition.EDUCATOR, Recognition.VALIDATOR, Recognition.EMPLOYER


def delegates(party, list_id=SECTOR_LIST, words=(EDUCATOR,), recognised=(), **members):
    return recognise(party, *recognised, may_recognise=frozenset(words), list_id=list_id, **members)


def sector_list(*entries, publisher=SECTOR, list_id=SECTOR_LIST, **members):
    return WORLD.trust_list(*entries, publisher=publisher, list_id=list_id, **members)


def opened(*sources, pinned=(WORLD.registrar,)):
    return open_trust_lists(
        sources, context=WORLD.context, expected_publishers={party.did for party in pinned}
    )


def words(store, party, at=NOW, **about):
    did = party if isinstance(party, str) else party.did
    return {each.recognition for each in store.recognitions(did, at, now=NOW, **about) if each.fresh}
