"""The reach of a draft is shown however long it is: a long one on fewer made-up people, and said so."""

import asyncio

from matching.bundle import load_bundle
from matching.starting import start_from
from passport.evidence.demand import MOST_DEMANDS, Demand
from passport.texts import Language
from tests.simulators.parties import NOW
from verifier.reach import PEOPLE, SOON, people_for, shown_reach


def test_a_profile_as_long_as_may_be_is_tried_on_fewer_people():
    esco = load_bundle()
    welder = esco.search_occupations("welder", top=1)[0].iri
    demands = [
        Demand(one.skill, esco.label(one.skill)) for one in start_from(welder, esco, most=MOST_DEMANDS)
    ]
    assert len(demands) > SOON
    shown = asyncio.run(shown_reach(demands, NOW, Language.NL))
    assert shown is not None
    assert f"{people_for(len(demands))} verzonnen mensen" in shown.picture
    assert people_for(SOON) == people_for(1) == PEOPLE > people_for(SOON + 1) > people_for(MOST_DEMANDS) > 100
