"""Our wallet and our verifier over OpenID4VP: the link, the consent, the answer, the report of way C."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from passport.answers import Answer
from passport.credentials import Form
from passport.dids import resolve_did
from passport.documents import DocumentCache
from passport.fetch import Fetcher, gather_sync
from passport.jose import vc_jwt
from passport.json import dump
from passport.sd_jwt.credential import sign_dc, sign_vc
from passport.sd_jwt.disclosable import disclosable_pointers
from tests.simulators.chains import claim, unsigned_confirmation
from tests.simulators.desks import AtDesk, at_desk
from tests.simulators.every_form import VCT
from tests.simulators.openid4vp_wallet import program, secured
from tests.simulators.parties import Party
from tests.simulators.showing import BREAD, TEAM, Story, open_story
from verifier.certificate import make_certificate
from wallet.core.accept import examine, keep
from wallet.core.endorsements import examine_endorsement, keep_endorsements
from wallet.core.openid4vp_plan import read_choices
from wallet.core.trust_lists import keep_list, verify_incoming
from wallet.desk.openid4vp import answer, look, refuse, take_link


@dataclass
class Pair:
    story: Story
    person: AtDesk

    def receive(self, form: Form, badges: Sequence[tuple[Party, str]] | None = None) -> None:
        """Two badges, by a school and by an employer, in one form."""
        at = datetime.now(UTC) - timedelta(days=3)
        subject: Any = self.person.did
        key = resolve_did(subject, DocumentCache()).methods[0].public_key
        for issuer, skill in badges or ((self.story.school, BREAD), (self.story.boss, TEAM)):
            genre = "examination" if issuer is self.story.school else "work-record"
            badge = issuer.issue(
                subject, {skill: skill[-5:]}, kind="MicroCredential", genres=[genre], at=at, cryptosuite="eddsa-rdfc-2022"
            )  # fmt: skip
            bare = {name: value for name, value in badge.items() if name != "proof"}
            named = {"signer": issuer.signer, "verification_method": issuer.method}
            shown = {"disclosable": disclosable_pointers(bare), "holder_key": key}
            source = {
                Form.LDP_VC: lambda badge=badge: dump(badge),
                Form.JWT_VC: lambda badge=badge, issuer=issuer: secured(badge, Form.JWT_VC, issuer, issuer),
                Form.VC_SD_JWT: lambda bare=bare, named=named, shown=shown: sign_vc(
                    bare, **named, **shown
                ).encode(),
                Form.DC_SD_JWT: lambda bare=bare, named=named, shown=shown: sign_dc(
                    bare, vct=VCT, **named, **shown
                ).encode(),
            }[form]()
            with self.person.desk.wallet() as wallet:
                found = gather_sync(
                    lambda documents, source=source, wallet=wallet: examine(source, documents, wallet),
                    cache := wallet.documents(),
                    Fetcher(allow_loopback=True),
                )
                wallet.keep_documents(cache)
                keep(wallet, [found])

    def confirm(self, form: Form) -> str:
        """The person's own claim, which the employer confirms; gives the wallet's id of the confirmation."""
        boss, at = self.story.boss, datetime.now(UTC) - timedelta(days=1)
        with self.person.desk.wallet() as wallet:
            claimed = claim(Party("Worker", wallet.holder.signer), [TEAM], at=at)
            keep(wallet, [examine(dump(claimed), wallet.documents(), wallet)])
            bare = unsigned_confirmation(boss, claimed, TEAM, at=at)
            if form is Form.JWT_VC:
                keys = {"signer": boss.signer, "verification_method": boss.method}
                made = vc_jwt.sign_credential(bare, **keys, issued_at=at).encode()
            else:
                made = dump(boss.sign(bare, at=at, cryptosuite="eddsa-jcs-2022"))
            found = examine_endorsement(made, wallet.documents(), wallet)
            keep_endorsements(wallet, [found])
            keep_list(wallet, verify_incoming(wallet, self.story.trust_list, wallet.documents()))
            return found.id

    def ask(self, **body: Any) -> dict[str, Any]:
        client = program(self.story.verifier, self.story.key)
        made = client.post("/api/openid4vp", json={"profile": "baker", **body})
        assert made.status_code == 201, made.text
        found: dict[str, Any] = made.json()
        return found

    def state(self, made: dict[str, Any]) -> dict[str, Any]:
        client = program(self.story.verifier, self.story.key)
        found: dict[str, Any] = client.get(f"/api/openid4vp/{made['id']}").json()
        return found


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    files = make_certificate(tmp_path_factory.mktemp("certificate"), "localhost", datetime.now(UTC))
    settings = {"certificate_file": files[0], "certificate_key_file": files[1]}
    with open_story(tmp_path_factory.mktemp("verifier"), **settings) as made:
        yield made


@pytest.fixture(scope="module", params=list(Form))
def pair(story, tmp_path_factory, request) -> Iterator[Pair]:
    with at_desk(tmp_path_factory.mktemp("person") / "wallet") as person:
        made = Pair(story, person)
        made.receive(request.param)
        yield made


WAYS = [
    ("decentralized_identifier", "direct_post.jwt"),
    ("x509_hash", "direct_post.jwt"),
    ("redirect_uri", "direct_post"),
]


@pytest.mark.parametrize(("prefix", "mode"), WAYS)
def test_what_our_wallet_shows_is_the_report_of_our_verifier(pair, prefix, mode):
    made = pair.ask(clientIdPrefix=prefix, responseMode=mode)
    desk = pair.person.desk
    with desk.wallet() as wallet:
        taken = take_link(desk, wallet, made["link"])
        consent = look(desk, wallet, taken.id, read_choices())
        assert pair.state(made)["state"] in {"created", "fetched"}  # nothing left before the approval
        sent = answer(desk, wallet, taken.id, read_choices(), mark=consent.mark)
    assert sent.sent is Answer.YES
    client = program(pair.story.verifier, pair.story.key)
    report = client.get(f"/api/openid4vp/{made['id']}/result").json()
    assert (report["way"], report["verdict"], report["met"]) == ("C", "genuine", "yes"), report["checks"]
    assert [each["strength"] for each in report["demands"]] == ["hard", "semi-hard"]


@pytest.mark.parametrize("pair", [Form.LDP_VC], indirect=True)
def test_a29_a_person_who_says_no_is_told_to_nobody_unless_they_want_to(pair):
    desk = pair.person.desk
    for tell, state in ((False, "fetched"), (True, "refused")):
        made = pair.ask()
        with desk.wallet() as wallet:
            refuse(desk, wallet, take_link(desk, wallet, made["link"]).id, tell=tell)
        assert pair.state(made)["state"] == state


@pytest.mark.parametrize("form", [Form.LDP_VC, Form.JWT_VC])
def test_a_claim_that_an_employer_confirmed_is_semi_hard_as_by_way_b(story, tmp_path, form):
    with at_desk(tmp_path / "wallet") as person:
        pair = Pair(story, person)
        pair.receive(Form.LDP_VC, [(story.school, BREAD)])
        confirmed = pair.confirm(form)
        made = pair.ask()
        with person.desk.wallet() as wallet:
            taken = take_link(person.desk, wallet, made["link"])
            consent = look(person.desk, wallet, taken.id, read_choices())
            [(_, leaving)] = consent.confirming
            assert leaving.kept.id == confirmed
        assert "Bevestiging door Bakkerij De Ster" in person.get(f"/vp/{taken.id}").text
        assert 'value="approve"' not in person.get(f"/vp/{taken.id}?refused={confirmed}").text
        with person.desk.wallet() as wallet:
            sent = answer(person.desk, wallet, taken.id, read_choices(), mark=consent.mark)
        assert sent.sent is Answer.YES
    with story.client as client:
        report = client.get(f"/api/openid4vp/{made['id']}/result").json()
    assert (report["way"], report["verdict"], report["met"]) == ("C", "genuine", "yes"), report["checks"]
    assert [each["strength"] for each in report["demands"]] == ["hard", "semi-hard"]
