"""`passport market`: make a set, check it, read it, and the made-up one."""

import json
from datetime import UTC, datetime

from typer.testing import CliRunner

from matching.cli_market import app
from matching.errors import WhichOccupation
from matching.market.document import parse_market
from matching.market.errors import UnknownRegion
from matching.market.example import make_example
from passport.cli.keys import app as keys
from passport.errors import SignatureMismatch
from passport.errors.trust import UnexpectedPublisher
from passport.keys import generate_signer

HEADER = "occupation,region,window,vacancies,seekers\n"
ABOUT = """
id = "https://statistics.example/labour-market"
version = 2
publisher = "A statistics office"
synthetic = true
measure = "open"
design_effect = 2.5
region_scheme = "NUTS 2021"
[name]
en = "Made-up"
nl = "Verzonnen"
[method]
en = "Counted by a program."
[source]
url = "https://statistics.example/"
licence = "CC BY 4.0"
[source.name]
en = "Counts"
"""


def run(*words, refused=None):
    """In this process: what a person types after `passport market`."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if refused:
        assert isinstance(result.exception, refused)
        return ""
    assert result.exit_code == 0, result.output
    return result.output


def test_make_check_show_and_backtest_from_the_command_line(tmp_path):
    (tmp_path / "about.toml").write_text(ABOUT)
    (tmp_path / "regions.csv").write_text(
        "code,name,latitude,longitude\nNL31,Utrecht,52.1,5.1\nNL34,Zeeland,51.5,3.8\n"
    )
    rows = [
        f"7115,{region},{year}-Q{quarter},{4000 - 600 * (year - 2021)},50\n"
        for region in ("NL31", "NL34")
        for year in range(2021, 2026)
        for quarter in range(1, 5)
    ]
    (tmp_path / "table.csv").write_text(HEADER + "".join(rows) + "x,NL31,2025-Q1,1,1\n")
    key, made = tmp_path / "publisher.key", tmp_path / "set.json"
    assert CliRunner().invoke(keys, ["new", str(key)]).exit_code == 0
    given = ("--about", tmp_path / "about.toml", "--regions", tmp_path / "regions.csv", "--key", key)
    said = json.loads(run("make", tmp_path / "table.csv", *given, "-o", made, "--json"))
    assert said["dropped"] == {"unknown-occupation": 1}
    checked = json.loads(run("check", made, "--publisher", said["publisher"], "--json"))
    assert (checked["signatureHolds"], checked["inForce"], checked["synthetic"]) == ("yes", True, True)
    assert checked["lookAgain"] == ["market.look.dropped"]
    assert "Rows of the table were left out" in run("check", made)
    shown = run("show", made, "--occupation", "7115", "--region", "NL31", "--within", 60, "--json")
    found = json.loads(shown)
    assert (found["state"], found["regions"]) == ("shrinking", ["NL31"])
    spoken = run("show", made, "--occupation", "timmerman", "-l", "nl")
    assert "De vraag kromp" in spoken
    assert "verzonnen" in spoken
    tested = json.loads(run("backtest", made, "--json"))
    assert (tested["cases"], tested["years"]) == (3, 3)
    assert "3 cases over 3 years" in run("backtest", made)
    run("check", made, "--publisher", "did:web:other.example", refused=UnexpectedPublisher)
    run("show", made, "--region", "NL99", refused=UnknownRegion)
    run("show", made, "--occupation", "timmermn", refused=WhichOccupation)
    made.write_bytes(made.read_bytes().replace(b"[4000,", b"[4001,", 1))
    run("check", made, refused=SignatureMismatch)


def test_the_example_says_that_it_is_made_up_and_is_the_same_each_time(tmp_path):
    signer, moment = generate_signer(), datetime(2026, 3, 1, tzinfo=UTC)
    one, other = make_example(signer, moment), make_example(signer, moment)
    assert one == other
    assert parse_market(one.source).synthetic
    assert str(parse_market(one.source).last) == "2025-Q4"
    assert "made up" in run("example", "-o", tmp_path / "made-up.json")
    assert "made up" in run("check", tmp_path / "made-up.json")
