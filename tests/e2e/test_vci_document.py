"""What the documents of the protocols say to whoever writes a wallet: their commands are run as they stand there.

One after the other, in one folder and one shell, as somebody tries them; and the tests that they name are there.
"""

import re
from pathlib import Path

import pytest

from tests.simulators.issuing import issuer_process
from tests.simulators.shell import in_a_shell
from tests.simulators.showing import open_story

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("openid4vci", "authorization", "openid4vp")
}
TESTS = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}


def test_a_wallet_of_somebody_elses_takes_and_shows_by_the_commands_of_the_documents(tmp_path):
    blocks = [
        block for text in DOCUMENTS.values() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    ]
    with issuer_process(tmp_path) as process, open_story(tmp_path / "verifier-data") as story:
        (tmp_path / "issuer-data").symlink_to("data")
        (tmp_path / "own_wallet.py").symlink_to(ROOT / "docs" / "own_wallet.py")
        commands = "\n".join(blocks)
        commands = commands.replace("http://localhost:8101", process.url)
        commands = commands.replace("http://localhost:8102", story.verifier)
        addresses = {"PASSPORT_ISSUER_URL": process.url, "PASSPORT_VERIFIER_URL": story.verifier}
        done = in_a_shell(commands, tmp_path, addresses)
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-2000:]
    for said in (
        "is released.",
        "Code, for another channel",
        "█",
        '"deferred_credential_endpoint"',
        '"c_nonce"',
        "good  credential.sdjwt",
        ": accepted",
        '"pushed_authorization_request_endpoint"',
        "urn:ietf:params:oauth:request_uri:",
        '"accepted":true,"genuine":"yes","verdict":"unrecognised"',
    ):
        assert said in done.stdout, said


def named(document):
    """Files of tests, and tests with the file that stands before them, as `file.py::test` or `…::test`."""
    file = ""
    for each in re.findall(r"`([^`]*\btest_[^`]*)`", DOCUMENTS[document]):
        for found in re.finditer(r"(test_\w+\.py)|(::)?\b(test_\w+)(?![\w*.])", each):
            if found[1]:
                file = found[1]
                yield file, ""
            else:
                yield file if found[2] else "", found[3]


@pytest.mark.parametrize(("document", "least"), [("openid4vci", 30), ("authorization", 1), ("openid4vp", 25)])
def test_every_test_that_a_document_names_is_there(document, least):
    found = list(named(document))
    assert len(found) >= least
    for file, test in found:
        of_it = [text for path, text in TESTS.items() if file in {"", path.name}]
        assert of_it, file
        assert not test or any(f"def {test}(" in text for text in of_it), (file, test)
