"""The third part: an employer asks, the worker agrees, the employer sees; then a credential is withdrawn."""

from collections.abc import Callable
from typing import Any

from passport.demo.doors import Door, StepRefused
from passport.demo.record import Record
from passport.demo.setting import Stage
from passport.demo.skills import COURSE, DEMANDS, FRAMEWORK, INSPECT, OCCUPATION
from passport.json import JsonObject, dump
from passport.pictures.qr import read_image

Agree = Callable[[str], bool]
PROFILE = "solar-energy-technician"


def open_employer(stage: Stage, record: Record) -> JsonObject:
    """The asking employer gets an account and publishes a signed function profile."""
    address = f"http://localhost:{stage.ports['verifier']}"
    secret = (stage.folder / "verifier" / "bootstrap.secret").read_text(encoding="ascii").strip()
    with record.step("the asking employer", "It says per skill what it needs, and how well proven"):
        operator = Door(address, key=secret)
        made = operator.post("/api/employers", {"slug": "installer", "name": "Synthetic installer"})
        operator.close()
        stage.dids["asker"] = made["did"]
        stage.asker = Door(address, key=made["apiKey"])
        stage.asker.send(
            "/api/trust-lists", (stage.folder / "trust-list.json").read_bytes(), "application/json"
        )
        published = stage.asker.post(
            "/api/profiles",
            {
                "key": PROFILE,
                "name": {"en": "Solar energy technician", "nl": "Monteur zonnepanelen"},
                "occupation": OCCUPATION,
                "taxonomy": FRAMEWORK,
                "demands": [
                    {
                        "skill": skill.iri,
                        "label": skill.label,
                        "required": required,
                        "minimumStrength": strength,
                    }
                    for skill, required, strength in DEMANDS
                ],
            },
        )
        rows = [
            (s.label, "required" if required else "optional", strength) for s, required, strength in DEMANDS
        ]
        record.table("The function profile, signed and published", ("skill", "", "at least"), rows)
        record.say(f"Published at {published['url']}")
        profile: JsonObject = published["profile"]
        return profile


def show_at_counter(stage: Stage, record: Record) -> None:
    """Way A: one credential, shown without a challenge; good for two minutes, and once."""
    held = stage.wallet.get("/api/credentials")["credentials"]
    [one] = [each["id"] for each in held if each["name"] == "Safe at heights"]
    with record.step("the worker", "At a counter they show one certificate, without being asked by a screen"):
        shown = stage.wallet.post("/api/present", {"credentials": [one]})
        pictures = [stage.wallet.picture(path) for path in shown["pictures"]]
        for number, picture in enumerate(pictures, 1):
            record.picture(
                f"2-counter-{number}.png", picture, f"Shown at the counter, {number} of {len(pictures)}"
            )
    with record.step("the asking employer", "It scans the picture: good for two minutes, and once"):
        body = "\n".join(text for picture in pictures for text in read_image(picture)).encode("ascii")
        report = stage.asker.send("/api/presentations", body, "text/plain")
        record.say(f"{report['verdict']}; skills: " + ", ".join(one["label"] for one in report["skills"]))
        problem = stage.asker.refused("/api/presentations", body, "text/plain")
        record.say(f"A copy of the picture, shown again: refused ({problem['code']}).")
        record.facts(verdict=report["verdict"])


def show_one_skill(stage: Stage, record: Record) -> None:
    """Way A with a part: one skill of a credential that names three."""
    held = stage.wallet.get("/api/credentials")["credentials"]
    [course] = [each for each in held if {one["skill"] for one in each["skills"]} == {s.iri for s in COURSE}]
    title = f"They show one skill of the {len(COURSE)} that the micro-credential names"
    with record.step("the worker", title):
        chosen = {"credentials": [course["id"]], "skills": {course["id"]: [INSPECT.iri]}}
        shown = stage.wallet.post("/api/present", chosen)
        left = dump(shown["presentation"]).decode("utf-8")
        record.say(
            f"Shown: {INSPECT.label}. {len(left)} characters were sent, in {len(shown['frames'])} pictures."
        )
    with record.step(
        "the asking employer", "It sees that skill, genuine and as strong as before, and no other"
    ):
        body = "\n".join(shown["frames"]).encode("ascii")
        report = stage.asker.send("/api/presentations", body, "text/plain")
        seen = [one["label"] for one in report["skills"]]
        if seen != [INSPECT.label]:
            raise StepRefused(expected=INSPECT.label, found=", ".join(seen))
        record.say(f"{report['verdict']}; skills: {seen[0]}")
        record.facts(verdict=report["verdict"], skills=len(seen), of=len(COURSE))


def ask(stage: Stage, record: Record, name: str) -> JsonObject:
    """A request with a fresh challenge, as QR pictures; returns it with the texts that were read back."""
    with record.step("the asking employer", "It shows a challenge as a QR code"):
        request: JsonObject = stage.asker.post("/api/requests", {"profile": PROFILE})
        frames = len(request["frames"])
        loop = stage.asker.picture(f"/api/requests/{request['id']}/qr.gif")
        for number in range(1, frames + 1):
            picture = stage.asker.picture(f"/api/requests/{request['id']}/qr/{number}.png")
            record.picture(f"{name}-{number}.png", picture, f"The request, picture {number} of {frames}")
        request["scanned"] = list(read_image(loop))
        record.say(f"{frames} pictures in a loop, read back from their pixels.")
        assert sorted(request["scanned"]) == sorted(request["frames"])
        return request


def answer(stage: Stage, record: Record, request: JsonObject, name: str, agree: Agree) -> list[bytes]:
    """The wallet shows what would leave; the worker agrees; the answer is QR pictures."""
    with record.step("the worker", "The wallet shows who asks, what for and exactly what would leave"):
        consent = stage.wallet.post("/api/requests", {"frames": request["scanned"]})
        _show_consent(record, consent)
        state = stage.asker.get(f"/api/requests/{request['id']}")["state"]
        record.say(f"Nothing has left: the employer's request is still '{state}'.")
    question = f"Show {len(consent['leaving'])} credentials to {consent['asker']['host']}?"
    with record.step("the worker", "They agree; the wallet signs an answer to this challenge alone"):
        if not agree(question):
            stage.wallet.post(f"/api/requests/{consent['id']}/refuse")
            record.say("Refused: nothing left the wallet.")
            return []
        given = stage.wallet.post(
            f"/api/requests/{consent['id']}/approve", {"mark": consent["mark"], "send": False}
        )
        pictures = [stage.wallet.picture(path) for path in given["pictures"]]
        for number, picture in enumerate(pictures, 1):
            record.picture(
                f"{name}-{number}.png", picture, f"The answer, picture {number} of {len(pictures)}"
            )
        record.say(f"{len(dump(given['presentation']))} bytes of presentation in {len(pictures)} pictures.")
        record.facts(
            credentials=len(consent["leaving"]), hidden=len(consent["hidden"]), pictures=len(pictures)
        )
        return pictures


def scan(stage: Stage, record: Record, request: JsonObject, pictures: list[bytes], title: str) -> JsonObject:
    """The employer scans the pictures and reads the report."""
    with record.step("the asking employer", title):
        texts = [text for picture in pictures for text in read_image(picture)]
        body = "\n".join(texts).encode("ascii")
        report: JsonObject = stage.asker.send(
            f"/api/presentations?request={request['id']}", body, "text/plain"
        )
        _show_report(record, report)
        problem = stage.asker.refused(f"/api/presentations?request={request['id']}", body, "text/plain")
        record.say(f"The same pictures a second time: refused ({problem['code']}).")
        return report


def _show_consent(record: Record, consent: JsonObject) -> None:
    asker = consent["asker"]
    record.say(f"Who asks: {asker['host']} ({asker['did']}), who calls itself {asker['claimedName']}")
    record.say(f"What for: {consent['purpose']}")
    leaving = [
        (one["name"] or "", ", ".join(one["skillsShown"]), ", ".join(one["skillsHidden"]) or "none")
        for one in consent["leaving"]
    ]
    record.table("What would leave", ("credential", "skills that leave", "skills that stay"), leaving)
    record.say(
        "What stays hidden: " + (", ".join(one["name"] or "" for one in consent["hidden"]) or "nothing")
    )
    if consent["unmet"]:
        record.say("What can't be met: " + ", ".join(one["label"] for one in consent["unmet"]))


def _why(demand: JsonObject) -> str:
    """The first reason, without the skill that the row is about."""
    sentence = demand["reasons"][0]["sentence"] if demand["reasons"] else ""
    return str(sentence).removeprefix(f"{demand['label']}: ")


def _show_report(record: Record, report: Any) -> None:
    rows = [
        (
            one["label"],
            "required" if one["required"] else "optional",
            one["minimumStrength"],
            one["answer"],
            _why(one),
        )
        for one in report["demands"]
    ]
    record.table("Met?", ("skill", "", "at least", "answer", "why"), rows)
    record.say(f"Taken together: {report['verdict']}; the required skills: {report['met']}")
    record.facts(
        verdict=report["verdict"],
        met=report["met"],
        demands={one["skill"]: one["answer"] for one in report["demands"]},
    )
