"""Matching opens no socket: nobody learns what a person looked at."""

import socket
import sys
import urllib.request

import pytest

from matching.bundle import load_bundle, load_previous
from matching.explain import compare
from matching.mbo import load_mbo, suggest_occupations
from matching.onet import load_onet
from matching.pictures import draw_overlap
from matching.plan.catalogue import verify_module_catalogue
from matching.plan.drafting import draft
from matching.plan.example import example_catalogue
from matching.plan.gaps import gaps_of
from matching.plan.wishes import Wishes
from matching.score import rank
from matching.taxonomy.model import Grade
from matching.upgrade.personal import explain_upgrade
from passport.clock import utc_now
from passport.documents import DocumentCache
from passport.keys import generate_signer
from passport.verification import Context

EVENTS = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")


class Spy:
    def __init__(self):
        self.watching = False
        self.seen = []

    def __call__(self, event, _arguments):
        if self.watching and event.startswith(EVENTS):
            self.seen.append(event)


SPY = Spy()
sys.addaudithook(SPY)


@pytest.fixture
def watched():
    SPY.seen.clear()
    SPY.watching = True
    yield SPY.seen
    SPY.watching = False


def test_the_spy_sees_a_socket_and_a_request(watched):
    socket.socket().close()
    with pytest.raises(OSError, match=r".*"):
        urllib.request.urlopen("http://127.0.0.1:1/")
    assert any(event.startswith("socket.") for event in watched)
    assert any(event.startswith("urllib.") for event in watched)


def test_loading_matching_planning_searching_and_drawing_open_none(watched):
    taxonomy = load_bundle.__wrapped__()  # past the cache
    occupation = taxonomy.occupations.iris[20]
    skills = taxonomy.skills_of(occupation, Grade.ESSENTIAL)
    for one in rank(skills, taxonomy)[:10]:
        draw_overlap(compare(skills, one.occupation, taxonomy))
    gaps = gaps_of(compare([], occupation, taxonomy))
    made_up = example_catalogue([skills], taxonomy, signer=generate_signer(), now=utc_now())
    found = verify_module_catalogue(made_up, context=Context(DocumentCache(), utc_now()))
    assert draft(gaps, [found], Wishes(), today=utc_now().date(), taxonomy=taxonomy).open == ()
    taxonomy.search_skills("weldign")
    taxonomy.search_occupations("laser", "nl")
    onet = load_onet.__wrapped__()
    assert onet.onet_of(occupation)
    suggest_occupations(load_mbo.__wrapped__().search("lasser")[0], taxonomy)
    explain_upgrade(skills, load_previous.__wrapped__(), taxonomy)
    assert watched == []
