"""The employer at the end of the hardening story: asks hard proof of a skill, and reads what comes back."""

from dataclasses import dataclass

from passport.demo.doors import Door, StepRefused
from passport.demo.hardening_stage import TRUST_LIST, Stage
from passport.demo.skills import FRAMEWORK, MOUNT, OCCUPATION
from passport.json import JsonObject

PROFILE = "panels"
_REQUEST = "request-{number}.txt"


@dataclass(frozen=True, slots=True)
class Asker:
    """An employer with a verifier of its own, which relies on the same registrar."""

    stage: Stage
    door: Door

    def ask(self, number: int) -> JsonObject:
        """Give out a request, let the worker answer it with the wallet, and read the employer's report.

        Raises:
            StepRefused: the wallet sent nothing.
        """
        request = self.door.post("/api/requests", {"profile": PROFILE})
        path = _REQUEST.format(number=number)
        (self.stage.worker.folder / path).write_text("\n".join(request["frames"]), encoding="ascii")
        answered = self.stage.worker.passport("wallet", "respond", path, "--approve")
        if answered["sent"] != "yes":
            raise StepRefused(expected="an answer", found=str(answered["sent"]))
        state = self.door.get(f"/api/requests/{request['id']}")
        report: JsonObject = self.door.get(f"/api/reports/{state['report']}")
        return report


def open_asker(stage: Stage) -> Asker:
    """The asking employer gets an account, takes the registrar's list, and publishes what it asks."""
    secret = (stage.services.folder / "verifier" / "bootstrap.secret").read_text(encoding="ascii").strip()
    operator = Door(stage.verifier, key=secret)
    made = operator.post("/api/employers", {"slug": "installer", "name": "Synthetic installer"})
    operator.close()
    door = Door(stage.verifier, key=made["apiKey"])
    door.send("/api/trust-lists", (stage.worker.folder / TRUST_LIST).read_bytes(), "application/json")
    demand = {"skill": MOUNT.iri, "label": MOUNT.label, "required": True, "minimumStrength": "hard"}
    door.post(
        "/api/profiles",
        {
            "key": PROFILE,
            "name": {"en": "Mounting solar panels", "nl": "Zonnepanelen monteren"},
            "occupation": OCCUPATION,
            "taxonomy": FRAMEWORK,
            "demands": [demand],
        },
    )
    return Asker(stage, door)
