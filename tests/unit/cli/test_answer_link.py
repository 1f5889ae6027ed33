"""`passport wallet answer-link`: what a verifier asks, on a terminal and for a script."""

import json

import pytest
from typer.testing import CliRunner

from tests.simulators.forms import WELD, SchoolOfForms
from tests.simulators.parties import World
from tests.simulators.vp_server import vp_server
from wallet.core.accept import examine, keep
from wallet.desktop.cli import app
from wallet.desktop.desk import Desk
from wallet.desktop.settings import WalletSettings

SKILL = ["credentialSubject", "achievement", "alignment", None, "targetUrl"]
PASSPHRASE = "een korte zin van mij"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("link")
    desk = Desk(WalletSettings(place / "wallet"))
    desk.create(PASSPHRASE)
    school, world = SchoolOfForms(), World()
    school.publish(world)
    with desk.wallet() as wallet:
        cache = wallet.documents()
        for document in world.cache.at_hand.values():
            cache.put(document)
        wallet.keep_documents(cache)
        keep(wallet, [examine(school.sign("dc+sd-jwt", school.unsigned(wallet.did)), world.cache, wallet)])
    desk.close()
    (place / "passphrase").write_text(PASSPHRASE)
    return place


def run(folder, *arguments, **more):
    variables = {"PASSPORT_WALLET_PASSPHRASE_FILE": str(folder / "passphrase"), "LANG": "en"}
    told = ["answer-link", *arguments, "--wallet", str(folder / "wallet"), "--allow-loopback"]
    return CliRunner().invoke(app, told, env=variables, catch_exceptions=False, **more)


def test_a_link_is_answered_from_the_command_line(folder):
    with vp_server() as verifier:
        claims = [{"path": SKILL, "values": [WELD]}, {"path": ["credentialSubject", "achievement", "name"]}]
        verifier.asked = {
            "dcql_query": {
                "credentials": [{"id": "weld", "format": "dc+sd-jwt", "meta": {}, "claims": claims}]
            }
        }
        looked = json.loads(run(folder, verifier.link(), "--json").stdout)
        assert (looked["sent"], verifier.got) == (None, [])
        assert "cannot be answered" in run(folder, verifier.link(), "--without", "weld 0").output
        said = run(folder, verifier.link(), input="n\n")
        assert "Leaves:" in said.output
        assert "Nothing was sent." in said.output
        dutch = run(folder, verifier.link(), "-l", "nl", input="n\n").output
        for words in ("Antwoord gaat naar", "Gaat mee:", "Wilt u dit versturen?", "Er is niets verstuurd."):
            assert words in dutch
        verifier.answer = {"redirect_uri": f"{verifier.url}/done"}
        sent = run(folder, verifier.link(), "--approve")
        assert "Sent. It was received." in sent.output
        assert f"{verifier.url}/done" in sent.output
        assert len(verifier.got) == 1
        verifier.asked = {**verifier.asked, "nonce": "one-more-nonce-0123456789"}
        told = json.loads(run(folder, verifier.link(), "--refuse", "--tell", "--json").stdout)
        assert told["sent"] == "yes"
        assert verifier.got[-1]["error"] == ["access_denied"]
