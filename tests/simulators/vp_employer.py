"""An employer's program, which asks for the baker's profile over OpenID4VP and looks what became of it."""

from typing import Any

from tests.simulators.openid4vp_wallet import program
from tests.simulators.showing import Story


def made_request(story: Story, **body: Any) -> dict[str, Any]:
    """A new request, as the program gets it."""
    made = program(story.verifier, story.key).post("/api/openid4vp", json={"profile": "baker", **body})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def transaction_of(story: Story, made: dict[str, Any]) -> dict[str, Any]:
    """How the request stands."""
    found: dict[str, Any] = program(story.verifier, story.key).get(f"/api/openid4vp/{made['id']}").json()
    return found


def report_of(story: Story, made: dict[str, Any]) -> dict[str, Any]:
    """What was found in the answer."""
    found = program(story.verifier, story.key).get(f"/api/openid4vp/{made['id']}/result")
    assert found.status_code == 200, found.text
    report: dict[str, Any] = found.json()
    return report
