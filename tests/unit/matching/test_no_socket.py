"""Matching opens no socket: nobody learns what a person looked at."""

import socket
import sys
import urllib.request

import pytest

from matching.bundle import load_bundle
from matching.explain import compare
from matching.pictures import draw_overlap
from matching.score import rank
from matching.taxonomy.model import Grade

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


def test_loading_matching_searching_and_drawing_open_none(watched):
    taxonomy = load_bundle.__wrapped__()  # past the cache
    occupation = taxonomy.occupations.iris[20]
    skills = taxonomy.skills_of(occupation, Grade.ESSENTIAL)
    for one in rank(skills, taxonomy)[:10]:
        draw_overlap(compare(skills, one.occupation, taxonomy))
    taxonomy.search_skills("weldign")
    taxonomy.search_occupations("laser", "nl")
    assert watched == []
