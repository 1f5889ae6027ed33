"""A visit of an adviser at the pages runs out, and what was shown to whom is told to the person."""

from datetime import timedelta

from passport.clock import utc_now
from tests.simulators.desks import at_desk
from wallet.core.advice import visits


class Watch:
    """A clock that somebody puts forward."""

    def __init__(self):
        self.ahead = timedelta()

    def __call__(self):
        return utc_now() + self.ahead


def test_a_visit_ends_by_its_time_whoever_sits_there_and_only_the_passphrase_opens_the_wallet(tmp_path):
    """Attack: an adviser who stays in the chair."""
    watch = Watch()
    with at_desk(tmp_path, clock=watch) as desk:
        desk.post("/intake/advice", name="Adviseur", sees=["past", "motives"], proposes="yes", minutes="15")
        assert desk.get("/adviser/past").is_success
        refused = desk.client.get("/match", headers={"Accept": "text/html"})
        assert (refused.status_code, '<a class="button" href="/adviser">' in refused.text) == (403, True)
        assert 'action="/adviser/end"' in desk.get("/adviser").text
        watch.ahead = timedelta(minutes=14)
        assert desk.get("/adviser/motives").is_success
        watch.ahead = timedelta(minutes=15, seconds=1)
        late = [desk.client.get(path, follow_redirects=False) for path in ("/adviser/past", "/adviser", "/")]
        assert not any(answer.is_success for answer in late)
        assert not desk.desk.is_open
        assert not desk.client.post("/adviser/propose", data={"words": "nog iets"}).is_success
        desk.desk.unlock("een korte zin van mij")
        assert desk.client.get("/adviser/past").status_code == 404
        with desk.desk.wallet() as wallet:
            (one,) = visits(wallet)
        assert [each.what for each in one.looked] == ["past", "motives"]
        page = desk.get("/intake/advice").text
        assert "Adviseur" in page
        assert "werk en opleiding" in page
        told = desk.client.get("/api/intake/advice", headers={"Accept": "application/json"})
        assert [each["what"] for each in told.json()["visits"][0]["looked"]] == ["past", "motives"]


def test_a_program_lets_an_adviser_in_and_is_refused_itself_until_the_end(tmp_path):
    with at_desk(tmp_path) as desk:
        visit = {"name": "Adviseur", "sees": ["past"], "proposes": True, "minutes": 15}
        assert desk.client.post("/api/intake/advice/visits", json=visit).status_code == 201
        for path in ("/api/intake/advice", "/api/intake/wishes", "/api/intake/past"):
            assert desk.client.get(path).status_code == 403
        desk.post("/adviser/propose", words="Ik zag u plannen.")
        desk.post("/adviser/end")
        desk.desk.unlock("een korte zin van mij")
        (made,) = desk.client.get("/api/intake/advice").json()["proposals"]
        taken = desk.client.post(f"/api/intake/advice/proposals/{made['id']}", json={"accept": True})
        assert taken.json()["state"] == "accepted"
        assert desk.client.delete(f"/api/intake/advice/visits/{made['visit']}").status_code == 204
        assert desk.client.get("/api/intake/advice").json() == {"visits": [], "proposals": []}


def test_texts_vacancies_and_wishes_are_told_to_programs_as_on_the_pages(tmp_path):
    words = "I operate a forklift. I handle customer complaints."
    with at_desk(tmp_path) as desk:

        def post(path, body):
            answer = desk.client.post(f"/api/intake/{path}", json=body)
            assert answer.is_success, answer.text
            return answer.json()

        found = post("text", {"text": words})
        assert found["writtenIn"] == "en"
        chosen = found["skills"][0]["skill"]
        assert post("text", {"text": words, "skills": [chosen], "level": 3})["skills"][0]["level"] == 3
        stranger = {"text": words, "skills": ["http://data.europa.eu/esco/skill/none"]}
        assert desk.client.post("/api/intake/text", json=stranger).status_code == 400
        made = post("vacancies", {"text": words, "skills": [chosen], "title": "Magazijn"})
        assert made["asks"][0]["has"] is True
        assert desk.client.get("/api/intake/vacancies").json()["vacancies"] == [made]
        assert desk.client.get(f"/api/intake/vacancies/{made['id']}").json() == made
        assert desk.client.delete(f"/api/intake/vacancies/{made['id']}").status_code == 204
        body = {"motives": ["calm"], "attitude": {"promises": 5}, "wishes": {"hours": 32, "times": ["day"]}}
        assert post("wishes", body)["wishes"]["hours"] == 32
        assert desk.client.get("/api/intake/wishes").json()["motives"]["chosen"] == ["calm"]
        assert desk.client.delete("/api/intake/wishes").status_code == 204
        past = {
            "kind": "work",
            "occupations": ["http://data.europa.eu/esco/occupation/none"],
            "since": "2001",
        }
        assert desk.client.put("/api/intake/past/none", json=past).status_code == 404
