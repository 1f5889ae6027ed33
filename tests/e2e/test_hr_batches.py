"""What an HR system does with an issuer: batches as JSON, results, lists with filters, files, withdrawals."""

import csv
import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.simulators.issuing import HolderWallet, issuer_process, open_office


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("hr")) as started:
        yield started


@pytest.fixture(scope="module")
def office(process):
    return open_office(process, "employer")


@pytest.fixture(scope="module")
def wallet():
    return HolderWallet()


@pytest.fixture(scope="module")
def achievement(office):
    return office.achievement(suspendable=True)


def finished(office, batch):
    end = time.monotonic() + 30
    while (found := office.get(f"/api/batches/{batch['id']}"))["state"] == "running":
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def table(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


@pytest.fixture(scope="module")
def batch(office, wallet, achievement):
    rows = [
        {"reference": "e-1", "subject": wallet.did},
        {"reference": "=cmd|' /C calc'!A0", "subject": wallet.did},
        {"reference": "e-3"},
        {"reference": "e-4", "subject": "nobody"},
        {"reference": "e-5", "subject": wallet.did, "valid_until": "2031-01-31"},
    ]
    made = office.post(
        "/api/batches/rows", {"achievement": achievement, "tx_code": True, "rows": rows}, once="b-1"
    )
    assert (
        office.post(
            "/api/batches/rows", {"achievement": achievement, "tx_code": True, "rows": rows}, once="b-1"
        )["id"]
        == made["id"]
    )
    other = office.ask(
        "POST",
        "/api/batches/rows",
        json={"achievement": achievement, "rows": rows[:1]},
        headers={"Idempotency-Key": "b-1"},
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    return finished(office, made)


def test_a_batch_as_json_is_issued_and_its_rows_are_told(office, batch):
    assert (batch["rows"], batch["issued"], batch["offered"], batch["failed"]) == (5, 3, 1, 1)
    first = office.get(f"/api/batches/{batch['id']}/rows?limit=3")
    rest = office.get(f"/api/batches/{batch['id']}/rows?after={first['next']}")
    rows = first["rows"] + rest["rows"]
    assert (len(first["rows"]), rest["next"]) == (3, None)
    assert [row["outcome"] for row in rows] == ["issued", "issued", "offered", "failed", "issued"]
    assert [row["state"] for row in rows] == ["valid", "valid", "open", None, "valid"]
    offer = rows[2]["offer"]
    assert offer["link"].startswith("openid-credential-offer://")
    assert len(offer["tx_code"]) == 6
    assert rows[3]["error"] == "wrong_subject"
    assert "did:key" in rows[3]["reason"]


def test_no_cell_of_a_report_is_a_formula_and_dutch_excel_can_open_it(office, batch):
    place = f"/api/batches/{batch['id']}/report"
    plain = office.ask("GET", place)
    assert plain.headers["content-type"].startswith("text/csv")
    assert table(plain.text)[1]["reference"] == "'=cmd|' /C calc'!A0"
    dutch = office.ask("GET", f"{place}?delimiter=semicolon&bom=true", headers={"Accept-Language": "nl"})
    assert dutch.content.startswith(b"\xef\xbb\xbfrow;reference;outcome")
    assert [row["outcome"] for row in table(dutch.content.decode("utf-8-sig"), ";")][3] == "failed"


def test_credentials_are_listed_by_what_is_asked(office, batch, achievement, wallet):
    later = office.achievement()
    since = office.post("/api/credentials", {"achievement": later, "subject": wallet.did})["recorded_at"]
    assert {
        each["batch"] for each in office.get(f"/api/credentials?achievement={achievement}")["credentials"]
    } == {batch["id"]}
    assert len(office.get(f"/api/credentials?batch={batch['id']}")["credentials"]) == 3
    newer = office.ask("GET", "/api/credentials", params={"since": since}).json()["credentials"]
    assert [each["achievement"] for each in newer] == [later]
    assert office.get("/api/credentials?standing=revoked")["credentials"] == []
    assert office.ask("GET", "/api/credentials?since=yesterday").json()["code"] == "malformed_datetime"
    assert [each["state"] for each in office.get("/api/offers?state=open")] == ["open"]
    assert office.get("/api/offers?state=accepted") == []
    assert office.get(f"/api/offers?batch={batch['id']}")[0]["achievement"] == achievement


def test_everything_comes_out_as_csv(office, batch, achievement, wallet):
    credentials = table(office.ask("GET", f"/api/exports/credentials.csv?achievement={achievement}").text)
    assert {each["standing"] for each in credentials} == {"valid"}
    assert {each["subject"] for each in credentials} == {wallet.did}
    assert {each["valid_until"] for each in credentials} == {"", "2031-01-31T23:59:59Z"}
    (offer,) = table(office.ask("GET", "/api/exports/offers.csv?delimiter=semicolon").text, ";")
    assert (offer["state"], offer["batch"]) == ("open", batch["id"])
    assert office.ask("GET", "/api/exports/validations.csv").json()["code"] == "not_on_staff"
    mine = next(each for each in office.get("/api/accounts") if each["role"] == "owner")["id"]
    staff = {"roles": ["coordinator"], "name": "A coordinator", "email": "coordinator@employer.example"}
    assert office.ask("PUT", f"/api/validation-staff/{mine}", json=staff).status_code == 200
    for name in ("validations", "confirmations"):
        answer = office.ask("GET", f"/api/exports/{name}.csv")
        assert answer.status_code == 200, answer.text
        assert table(answer.text) == []
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'


def test_a_reader_gets_no_links_of_offers(process, office):
    reader = office.post("/api/accounts", {"name": "A reader", "role": "reader"})["api_key"]
    for path, status in (("/api/exports/offers.csv", 403), ("/api/exports/credentials.csv", 200)):
        answer = office.ask("GET", path, headers={"Authorization": f"Bearer {reader}"})
        assert answer.status_code == status


def test_many_are_withdrawn_by_their_references(office, wallet):
    achievement = office.achievement(suspendable=True)
    rows = [{"reference": f"w-{n}", "subject": wallet.did if n else ""} for n in range(4)]
    made = finished(office, office.post("/api/batches/rows", {"achievement": achievement, "rows": rows}))
    named = [{"achievement": achievement, "reference": f"w-{n}"} for n in range(1, 4)]
    suspended = office.post("/api/withdrawals/rows", {"action": "suspend", "rows": named})
    assert [each["state"] for each in suspended["rows"]] == ["suspended"] * 3
    resumed = office.post("/api/withdrawals/rows", {"action": "resume", "rows": named})
    assert [each["state"] for each in resumed["rows"]] == ["valid"] * 3
    text = "achievement;reference\n" + "".join(f"{achievement};w-{n}\n" for n in (0, 1, 2, 9))
    for _ in range(2):
        answer = office.ask(
            "POST", "/api/withdrawals?delimiter=semicolon", content=text.encode(), headers={"Content-Type": "text/csv"}, once="gone"
        )  # fmt: skip
        found = table(answer.text, ";")
        assert [each["state"] for each in found] == ["withdrawn", "revoked", "revoked", ""]
        assert found[3]["error"] == "unknown_credential"
    states = [row["state"] for row in office.get(f"/api/batches/{made['id']}/rows")["rows"]]
    assert states == ["withdrawn", "revoked", "revoked", "valid"]
    ids = [row["credential"] for row in office.get(f"/api/batches/{made['id']}/rows")["rows"][1:]]
    again = office.post("/api/withdrawals/rows", {"rows": [{"credential": each} for each in ids]})
    assert (again["failed"], [each["state"] for each in again["rows"]]) == (0, ["revoked"] * 3)


def test_nobody_withdraws_what_is_not_theirs(process, office, batch):
    other = open_office(process, "elsewhere")
    mine = [
        row["credential"]
        for row in office.get(f"/api/batches/{batch['id']}/rows")["rows"]
        if row["credential"]
    ]
    answer = other.post("/api/withdrawals/rows", {"rows": [{"credential": each} for each in mine]})
    assert answer["failed"] == len(mine)
    assert {each["error"] for each in answer["rows"]} == {"unknown_credential"}
    assert other.ask("GET", f"/api/batches/{batch['id']}/rows").status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/api/batches/rows", {"rows": [{"reference": "a"}] * 10_001}, "malformed_request"),
        ("/api/batches/rows", {"rows": []}, "malformed_request"),
        ("/api/batches/rows", {"rows": [{"reference": ""}]}, "malformed_request"),
        ("/api/batches/rows", {"rows": [{"reference": "a", "name": "x"}]}, "malformed_request"),
        ("/api/batches/rows", {"rows": [{"reference": "a", "role": "x" * 2_049}]}, "malformed_request"),
        ("/api/withdrawals/rows", {"rows": [{"credential": "a"}] * 1_001}, "malformed_request"),
        ("/api/withdrawals/rows", {"rows": [{"credential": "a"}], "action": "forget"}, "malformed_request"),
    ],
)
def test_a_huge_or_odd_batch_is_refused(office, achievement, path, body, code):
    body = body | ({"achievement": achievement} if "batches" in path else {})
    answer = office.ask("POST", path, json=body)
    assert (answer.status_code, answer.json()["code"]) in {(400, code), (413, "json_too_large")}, answer.text[
        :300
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "malformed_csv"), ("name\n1\n", "unknown_column"), ("credential\n", "no_rows"),
        ("credential\n" + "a\n" * 1_001, "too_many_rows"), ("credential\na,b\n", "wrong_number_of_cells"),
        ("credential,credential\na,b\n", "unknown_column"), ('credential\n"a', "malformed_csv"),
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_refused(office, text, code):
    answer = office.ask(
        "POST", "/api/withdrawals", content=text.encode(), headers={"Content-Type": "text/csv"}
    )
    assert answer.json()["code"] == code


def test_fifty_at_once_with_one_key_make_one_batch(office, achievement, wallet):
    body = {"achievement": achievement, "rows": [{"reference": "race", "subject": wallet.did}]}
    with ThreadPoolExecutor(50) as pool:
        answers = list(
            pool.map(lambda _: office.ask("POST", "/api/batches/rows", json=body, once="race"), range(50))
        )
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 202}) == 1
    made = next(answer.json() for answer in answers if answer.status_code == 202)
    finished(office, made)
    assert len(office.get(f"/api/credentials?batch={made['id']}")["credentials"]) == 1


def test_a_batch_is_held_and_ended_by_a_program(office, achievement):
    rows = {"achievement": achievement, "draft": True, "rows": [{"reference": f"p-{n}"} for n in range(3)]}
    batch = office.post("/api/batches/rows", rows)
    for what in ("pause", "resume", "stop"):
        early = office.ask("POST", f"/api/batches/{batch['id']}/{what}")
        assert (early.status_code, early.json()["code"]) == (409, "batch_not_running"), what
    assert office.post(f"/api/batches/{batch['id']}/start")["state"] in {"running", "done"}
    assert finished(office, batch)["offered"] == 3
    assert office.ask("POST", f"/api/batches/{'0' * 32}/pause").status_code == 404
