"""A52: script in every text of what an organisation writes itself, on the console and on what its learners see.

`PASSPORT_ATTACKS=all pytest tests/adversarial/test_script_in_every_field_issued.py`.
"""

import csv
import io
import os

import pytest

from issuer.app import create as create_issuer
from issuer.settings import Settings as IssuerSettings
from tests.simulators.every_leaf import PAYLOADS, Leaves
from tests.simulators.followed import Walk
from tests.simulators.full_badge import full_badge
from tests.simulators.inside import inside
from tests.simulators.parties import Party

ALL = os.environ.get("PASSPORT_ATTACKS") == "all"
ORIGIN = "http://localhost:8999"
JSON = {"Accept": "application/json"}


@pytest.mark.skipif(not ALL, reason="PASSPORT_ATTACKS=all: it costs seconds")
@pytest.mark.parametrize("turn", range(len(PAYLOADS)))
def test_a52_script_in_every_field_stays_text_at_the_issuer(tmp_path, turn):
    """Of an achievement and of what is issued by it, of a batch, of the names of people, systems and wallets' looks."""
    leaves, secret = Leaves(turn), "0" * 64
    for name in ("master.secret", "bootstrap.secret"):
        (tmp_path / name).write_text(secret)
        (tmp_path / name).chmod(0o600)
    app = create_issuer(IssuerSettings(base_url=ORIGIN, data_directory=tmp_path))
    with inside(app, ORIGIN) as there:
        named = {"slug": "school", "name": leaves.text("organisation")}
        made = there.post(
            "/api/organisations", json=named, headers={"Authorization": f"Bearer {secret}"} | JSON
        )
        key = made.json()["owner"]["api_key"]
        told = {"Authorization": f"Bearer {key}"} | JSON
        described = leaves.filled(achievement(), but=("/resultDescription/*/resultType",))
        of = there.post("/api/achievements", json=described, headers=told).json()["id"]
        claims = leaves.filled(CLAIMS) | {"achievement": of}
        issued = there.post(
            "/api/credentials", json=claims | {"subject": Party("x").did}, headers=told
        ).json()["id"]
        offer = there.post("/api/offers", json=claims, headers=told).json()["id"]
        there.post("/console/session", data={"api_key": key})
        walk = Walk(leaves, there.get, ours=ORIGIN)
        forms = {
            "/console/accounts/people": {"name": leaves.text("person"), "role": "issuer"},
            "/console/accounts": {"name": leaves.text("system"), "role": "issuer"},
            "/console/wallets": {
                "name_nl": leaves.text("look"),
                "logo": leaves.address("logo", "https"),
                "logo_alt": leaves.text("logo"),
            },
            "/console/webhooks": {
                "url": leaves.address("webhook", "https"),
                "description": leaves.text("webhook", most=120),
                "events": "credential.issued",
            },
            "/console/achievements/draft": {
                "name": leaves.text("draft"),
                "description": leaves.text("draft"),
                "narrative": leaves.text("draft"),
                "then": "search",
                "q": leaves.text("searched", most=100),
            },
        }
        for path, fields in forms.items():
            walk.look(path, there.ask("POST", path, data=fields))
        table = {"file": (leaves.text("table"), rows(leaves), "text/csv")}
        batch = there.post("/console/batches", data={"achievement": of, "once": "1" * 32}, files=table)
        walk.look("/console/batches", batch)
        walk.only(f"{batch.url.path}/report", "/console/audit/log.csv", "/console", "/console/webhooks")
        walk.only(
            f"/offers/{offer}", f"/o/school/achievements/{of}", f"/console/credentials/{issued}/save/html"
        )
        walk.everywhere("/console", "/console/audit", batch.url.path)
    assert walk.count > 40
    assert walk.harm == []
    shown = {"organisation", "person", "system", "webhook", "draft", "searched", "look", "logo"}
    shown |= {"/name", "/description", "/criteria/narrative", "/alignment/*/targetName", "=result_value"}
    assert shown - walk.seen == set()


CLAIMS = {
    "role": "welder",
    "evidence": [{"name": "a", "description": "b", "genre": "c", "narrative": "d"}],
    "result": [{"value": "8", "status": "Completed"}],
    "source": {
        "id": "https://x.example/",
        "name": "n",
        "url": "https://x.example/",
        "parentOrg": {"id": "https://x.example/", "name": "n"},
    },
    "licenseNumber": "l",
}


def achievement():
    full = full_badge(Party("x"), "did:key:x")["credentialSubject"]["achievement"]
    names = ("name", "description", "criteria", "achievementType", "humanCode", "tag")
    aligned = [
        {name: value for name, value in each.items() if name not in {"type", "targetDescription"}}
        for each in full["alignment"]
    ]
    level = {"name": "Good", "level": "4", "description": "Well done"}
    result = {"name": "Grade", "resultType": "LetterGrade", "allowedValue": ["8"], "requiredValue": "8"}
    return {
        **{name: full[name] for name in names},
        "alignment": aligned,
        "resultDescription": [{**result, "rubricCriterionLevel": [level], "alignment": aligned}],
    }


def rows(leaves):
    """One with script, one with formulas for whoever opens the report in a spreadsheet, one that is refused."""
    columns = ["reference", "role", "result_value", "evidence_name", "evidence_genre", "evidence_narrative"]
    table = io.StringIO()
    written = csv.writer(table)
    written.writerow(columns)
    written.writerow(["1", *(leaves.text(f"={each}") for each in columns[1:])])
    written.writerow(["2", *(leaves.formula(each) for each in columns[1:])])
    written.writerow([leaves.formula("reference"), *("" for _ in columns[1:])])
    return table.getvalue().encode()
