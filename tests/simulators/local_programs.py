"""Programs on the person's own machine that ask to be let in, and the person at the wallet's pages who answers."""

import html
import re

import httpx

from passport.clock import utc_now
from tests.simulators.badge_platform import LATER, PROFILE, READ, UPSERT, BadgePlatform
from tests.simulators.parties import Party

BACK = "http://127.0.0.1:49152/back"
EVERY = (READ, UPSERT, PROFILE, LATER)
SKILL = "https://skills.example/weld"


def program(desk, **more):
    base = str(desk.client.base_url).rstrip("/")
    return BadgePlatform(base, redirect_uri=BACK, scopes=EVERY, **more).register()


def ask_page(one):
    arrived = httpx.get(one.sign_in_url(), trust_env=False)
    return re.search(r"url=(/programs/asks/[0-9a-f]{32})", arrived.headers["refresh"])[1]


def code_for(desk, one, ticked=EVERY, shared=()):
    answer = desk.post(ask_page(one), answer="yes", scope=list(ticked), shared=list(shared))
    return one.code_in(html.unescape(re.search(r'<a href="(http://127[^"]+)"', answer.text)[1]))


def let_in(desk, one, **more):
    assert one.redeem(code_for(desk, one, **more)).status_code == 200
    return one


def badge(desk, to=None):
    return Party("A school").issue(to or desk.did, [SKILL], at=utc_now())
