"""Diplomas in the wallet over real HTTP: taken in, ticked, joined; licences; a diploma from abroad."""

import base64
import html
import re
from datetime import timedelta

import pytest

from passport.clock import utc_now
from passport.evidence.skill_map import Closeness, MappedQualification, MappedSkill
from passport.json import dump
from passport.trust import Recognition
from tests.simulators.desks import at_desk
from tests.simulators.european import TEAMWORK, WELDING, around, european_credential
from tests.simulators.issuing import ACHIEVEMENT, issuer_process, open_office
from tests.simulators.parties import Party, World, recognise
from tests.unit.evidence.test_skill_map import BODY, made
from wallet.core.licences import licences
from wallet.core.shelf import kept
from wallet.core.skills import evidence_of
from wallet.desk.lists import take_list_source
from wallet.desk.receiving import receive_document

PDF = b"%PDF-1.7\nsynthetic diploma\n%%EOF\n"
DAY = timedelta(days=1)
MAPPED = MappedQualification(
    "urn:q:welder",
    {"nl": "Lasser"},
    (MappedSkill(WELDING, "lassen", Closeness.EXACT, "kerntaak 1"),),
    ("crebo 12345",),
)


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    with at_desk(tmp_path_factory.mktemp("diplomas") / "wallet") as somebody:
        yield somebody


def strength(person, skill):
    with person.desk.wallet() as wallet:
        return evidence_of(wallet, skill)


def own(person, name):
    """What the wallet says of a credential by its name."""
    with person.desk.wallet() as wallet:
        return next(one for one in kept(wallet) if one.report.parsed.subject.achievement.name == name)


def test_a_european_credential_is_kept_unchecked_and_ticked(person):
    files = {"file": ("diploma.jsonld", around(european_credential()))}
    shown = person.post("/diplomas", files=files)
    assert "Niet gecontroleerd" in shown.text
    assert "Europees zegel" in shown.text
    assert "Voorbeelduniversiteit" in shown.text
    assert "Op naam van" in shown.text
    page = person.post(shown.url.path, skill=[WELDING])
    assert page.url.path.startswith("/credentials/")
    assert "Afgeleid van Diploma welding engineer" in page.text
    found = strength(person, WELDING)
    assert (found.strength, found.links[0].method) == ("soft", "derived")
    assert "Afgeleid" in own(person, "Afgeleid van Diploma welding engineer").report.parsed.name


def test_a_scan_is_described_mapped_and_ticked(person):
    now = utc_now()
    source = dump(BODY.sign(made(MAPPED, valid_from=now - DAY, valid_until=now + DAY), at=now))
    page = person.post("/diplomas/maps", files={"file": ("map.json", source)})
    assert "Sector body (synthetic)" in page.text
    page = person.post("/diplomas", files={"file": ("scan.pdf", PDF)}, title="Diploma lasser")
    assert page.status_code == 400
    assert "welke school" in page.text
    assert 'value="Diploma lasser"' in page.text
    said = {"title": "Diploma lasser", "institution": "Een school", "date": "2008-07-01"}
    page = person.post("/diplomas", files={"file": ("scan.pdf", PDF)}, **said, qualification="crebo 12345")
    assert "zegt sinds" in page.text
    assert "kerntaak 1" in page.text
    copy = person.get(f"{page.url.path}/file")
    assert copy.content == PDF
    assert copy.headers["content-type"] == "application/octet-stream"
    assert copy.headers["content-disposition"].startswith("attachment")
    none = person.post(page.url.path)
    assert none.status_code == 400
    other = person.post(page.url.path, skill=["http://data.europa.eu/esco/skill/surgery"])
    assert "volgt niet uit dit document" in other.text


def test_work_that_a_diploma_leads_to_gives_more_to_tick(person):
    said = {"title": "Diploma bakker", "institution": "Een school"}
    page = person.post("/diplomas", files={"file": ("b.pdf", PDF.replace(b"diploma", b"bakery"))}, **said)
    assert "nog geen vaardigheden" in page.text
    found = person.get(f"{page.url.path}?q=bakker")
    link = html.unescape(re.search(r'href="(/diplomas/[0-9a-f]+\?occupation=[^"]+)"', found.text)[1])
    offered = person.get(link)
    skills = re.findall(r'name="skill" value="([^"]+)"', offered.text)
    assert len(skills) > 3
    occupation = re.search(r'name="occupation" value="([^"]+)"', offered.text)[1]
    done = person.post(page.url.path, skill=skills[:2], occupation=occupation)
    assert done.url.path.startswith("/credentials/")
    again = person.post(f"{page.url.path}/remove")
    assert "steunt op dit document" in again.text


def test_a_badge_goes_its_usual_way_and_may_be_derived_from(person):
    school = Party("A school")
    badge = school.issue(person.did, {TEAMWORK: "teamwork"}, kind="Diploma", at=utc_now() - DAY)
    page = person.post("/diplomas", files={"file": ("badge.json", dump(badge))})
    assert page.url.path == "/diplomas"
    assert "Niet gecontroleerd" not in page.text
    record = own(person, "An achievement").id
    more = person.get(f"/diplomas/credential/{record}?qualification=crebo12345")
    assert WELDING in more.text
    done = person.post(f"/diplomas/credential/{record}", skill=[WELDING], qualification="crebo12345")
    assert done.url.path.startswith("/credentials/")


def test_a_badge_that_speaks_of_such_a_credential_is_still_a_badge(person):
    badge = Party("Another school").issue(
        person.did,
        {TEAMWORK: "teamwork"},
        at=utc_now() - DAY,
        achievement={"name": "Course", "description": "About the EuropeanDigitalCredential."},
    )
    page = person.post("/diplomas", files={"file": ("badge.json", dump(badge))})
    assert page.status_code == 200
    assert own(person, "Course").verified is not None


def test_a_diploma_from_abroad_is_genuine_and_not_recognised_here(person):
    """R92: the signature and the recognition are two things; a recognised validator can build on it."""
    abroad = Party("Universidad de Ejemplo")
    skill = "http://data.europa.eu/esco/skill/abroad"
    badge = abroad.issue(person.did, {skill: "calculate"}, kind="Diploma", at=utc_now() - DAY)
    with person.desk.wallet() as wallet:
        receive_document(person.desk, wallet, dump(badge))
    page = person.get(f"/skill?iri={skill}")
    assert "is echt, maar de uitgever is hier niet erkend" in page.text
    assert "die hier erkend is om dit te bevestigen" in page.text
    found = strength(person, skill)
    assert (found.strength, found.links[0].rule) == ("soft", "not-recognised-here")
    assert {each.code for each in found.raise_by} == {"evidence.raise.ask_recognised"}
    world = World(now=utc_now())
    with person.desk.wallet() as wallet:
        source = world.trust_list(recognise(abroad, Recognition.EDUCATOR, valid_from=utc_now() - 10 * DAY))
        take_list_source(person.desk, wallet, source)
    assert strength(person, skill).strength == "hard"


def test_a_licence_warns_ninety_days_before_its_end(person):
    register = Party("A register")
    for days, number in ((40, "R-40"), (400, "R-400"), (-2, "R-0")):
        badge = register.issue(
            person.did,
            {"http://data.europa.eu/esco/skill/forklift": "drive a fork-lift"},
            kind="License",
            at=utc_now() - 10 * DAY,
            valid_until=utc_now() + days * DAY,
            achievement={"criteria": {"narrative": "Eight hours of refresher training."}},
            license_number=number,
        )
        with person.desk.wallet() as wallet:
            receive_document(person.desk, wallet, dump(badge))
    page = person.get("/diplomas").text
    assert "nummer R-40 " in page
    assert "Nog 39 dagen geldig" in page
    assert page.index("R-40 ") < page.index("R-0 ") < page.index("R-400 ")
    assert "Eight hours of refresher training." in page
    home = person.get("/").text
    assert "Tijd om te verlengen" in home
    with person.desk.wallet() as wallet:
        soon = licences(wallet)[0].id
    shown = person.get(f"/credentials/{soon}").text
    assert "Verleng vóór die dag" in shown
    assert "Nummer in het register" in shown


def test_parts_are_joined_into_one_credential(person, tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("stack")) as process:
        office = open_office(process)
        modules = [office.achievement(name=f"Module {number}") for number in (1, 2)]
        stack = ACHIEVEMENT | {"name": "Hele opleiding", "achievementType": "Certificate"}
        rule = office.post(
            "/api/stacks", {"achievement": stack, "parts": [{"achievement": each} for each in modules]}
        )
        assert person.post("/diplomas/stack", address="https://x.example/").status_code == 400
        assert person.post("/diplomas/stack", address=rule["url"] + "0").status_code == 503

        def take(module):
            made = office.post("/api/credentials", {"achievement": module, "subject": person.did})
            with person.desk.wallet() as wallet:
                receive_document(person.desk, wallet, dump(made["credential"]))

        take(modules[0])
        page = person.post("/diplomas/stack", address=rule["url"])
        assert "nog niet genoeg delen" in page.text
        take(modules[1])
        page = person.post("/diplomas/stack", address=rule["url"])
        mark = re.search(r'name="mark" value="([0-9a-f]+)"', page.text)[1]
        refused = person.post("/diplomas/stack", address=rule["url"], mark="0" * 64)
        assert refused.status_code == 409
        done = person.post("/diplomas/stack", address=rule["url"], mark=mark)
        assert done.status_code == 200, done.text
        found = own(person, "Hele opleiding").report.parsed
        assert len(found.related_resources) == 2
        assert "localhost" in person.get("/journal").text


class TestProgram:
    """The same by the JSON interface."""

    def ask(self, person, method, path, **arguments):
        return person.client.request(
            method, f"/api{path}", headers={"Accept": "application/json"}, **arguments
        )

    def test_a_diploma_is_kept_asked_about_and_ticked(self, person):
        junk = {"file": base64.b64encode(b"no diploma").decode()}
        assert self.ask(person, "POST", "/diplomas", json=junk).json()["code"] == "not_a_diploma"
        body = {"file": base64.b64encode(dump(european_credential(id="urn:credential:2"))).decode()}
        made = self.ask(person, "POST", "/diplomas", json=body).json()["imported"]
        assert made["checked"] is False
        assert made["seal"] == "none"
        assert made["offered"][0]["skill"] == WELDING
        assert made in self.ask(person, "GET", "/diplomas").json()["diplomas"]
        one = self.ask(person, "GET", f"/diplomas/{made['id']}").json()
        assert one == made
        derived = self.ask(person, "POST", f"/diplomas/{made['id']}/derive", json={"skills": [TEAMWORK]})
        assert derived.json()["genuine"] is True
        refused = self.ask(person, "DELETE", f"/diplomas/{made['id']}")
        assert (refused.status_code, refused.json()["code"]) == (409, "still_bound")

    def test_licences_and_maps(self, person):
        numbers = [each["number"] for each in self.ask(person, "GET", "/licences").json()["licences"]]
        assert numbers == ["R-40", "R-0", "R-400"]
        now = utc_now()
        document = BODY.sign(
            made(MAPPED, map_id="urn:map:2", valid_from=now - DAY, valid_until=now + DAY), at=now
        )
        kept_map = self.ask(person, "POST", "/skill-maps", json={"map": document}).json()
        assert kept_map["publisher"] == BODY.did
