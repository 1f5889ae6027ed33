"""The readable copy: signed documents byte for byte, names of our own, tables that are data in every program."""

import csv
import io
import json
import os
import re
import stat
import zipfile
from html.parser import HTMLParser
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from matching.bundle import load_bundle
from passport.json import dump
from passport.texts import Language
from passport.trust import Recognition
from tests.simulators.chains import confirm
from tests.simulators.parties import ESCO, NOW, Party
from tests.simulators.wallets import Person
from wallet.core.asked import AskedState, asked_record, keep_asked, one_asked
from wallet.core.claims_made import ClaimDraft, make_claim
from wallet.core.endorsements import examine_endorsement, keep_endorsements
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.journal import Way, journal_records
from wallet.core.leaving.names import extension_of, file_name, without_extension
from wallet.core.leaving.readable import gather
from wallet.core.leaving.tables import write_table
from wallet.core.wallet import Kind
from wallet.desk.zip_file import write_zip
from wallet.desktop.exporting import write_folder, write_new
from wallet.errors_leaving import FolderNotEmpty
from wallet.views.leaving_copy import with_pages
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]
NAMES = [
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\a.exe",
    "/etc/cron.d/x",
    "C:\\CON",
    "NUL",
    "con.json",
    ".ssh",
    "-rf",
    "~root",
    "a/b/../c",
    "$(reboot)",
    "name\x00.exe",
    "\u202egpj.exe",
    "раураl",
    "ＡＢＣ",
    "x" * 5_000,
    "",
    ".",
    "..",
    "aux.",
    "a:b|c?d*e",
    "%2e%2e%2f",
    "file\n.html",
    "<script>",
]


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_no_name_of_a_stranger_leads_anywhere_or_looks_like_another(name):
    for given in (name, without_extension(name)):
        made = file_name(7, given, "json")
        assert re.fullmatch(r"007(-[a-z0-9]+(-[a-z0-9]+)*)?\.json", made)
        assert len(made) <= 60
        assert PurePosixPath(made).name == PureWindowsPath(made).name == made
        assert not PureWindowsPath(made).is_reserved()


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff", "jpg"),
        (b"RIFF\0\0\0\0WEBP", "webp"),
        (b"=cmd|' /C calc'!A0,2", "txt"),
        (b"<html><script>alert(1)</script>", "bin"),
        (b"<svg onload=alert(1)>", "bin"),
        (b"MZ\x90\x00", "bin"),
        (b"\xff\xfe<", "bin"),
        (b"", "txt"),
    ],
)
def test_a_file_is_named_after_what_it_is_and_never_as_something_that_runs(data, extension):
    assert extension_of(data) == extension


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%x", "\t=1", "\r=1", "  =1", "\n=1", "＝1", "＋1", "－1", "＠x", "\u200b=1", '=HYPERLINK("http://evil.example")'],
)  # fmt: skip
def test_no_cell_begins_a_formula(cell):
    table = write_table(("a", "b"), [("x", cell), (f'"{cell}', "y,z")])
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[0] == ["a", "b"]
    assert rows[1][1].startswith("'")
    assert not any(value[:1] in "=+-@|%＝＋－＠\t\r" for row in rows for value in row if value)
    assert rows[2][1] == "y,z"


def test_a_plain_cell_stays_as_it_is():
    rows = list(csv.reader(io.StringIO(write_table(("a",), [("Lassen 2-3 mm",), ("",)]).decode("utf-8-sig"))))
    assert rows == [["a"], ["Lassen 2-3 mm"], [""]]


@pytest.fixture(scope="module")
def person():
    """Has a bit of everything, and a school and an organisation with hostile names."""
    person = Person()
    school = Party("../../=cmd()<script>")
    person.trust((school, Recognition.EDUCATOR))
    person.take(school.issue(person.wallet.did, [f"{ESCO}weld"]))
    files = (own_file(person.wallet.random, "..\\uren.csv", b"=1+1,2\n"),)
    made = make_claim(person.wallet, ClaimDraft(skills=SKILLS, files=files), TAXONOMY, language="en")
    document = made.report.parsed.document
    confirmed = examine_endorsement(
        dump(confirm(Party("Yard"), document, SKILLS[0])), person.world.cache, person.wallet
    )
    keep_endorsements(person.wallet, [confirmed])
    organisation = {"url": "https://x.example", "did": "did:web:x.example", "name": "=evil"}
    person.wallet.save(
        asked_record(
            person.wallet,
            "1" * 32,
            sought="validation",
            organisation=organisation,
            state=AskedState.SENT,
            sent={"claims": [made.id]},
        )
    )
    keep_asked(person.wallet, one_asked(person.wallet, "1" * 32), token="SECRET-TOKEN-OF-A-REQUEST")
    person.wallet.save(
        journal_records(
            person.wallet, Way.ANSWERED, host="=evil.example", credentials=[made.id], skills=SKILLS
        )
    )
    return person


@pytest.fixture(scope="module", params=list(Language))
def files(request, person):
    return with_pages(Renderer(stylesheet=""), request.param, gather(person.wallet))


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.links, self.tags = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]


def test_signed_documents_and_files_are_there_byte_for_byte(person, files):
    vault = person.wallet.vault
    for kind in (Kind.CREDENTIAL, Kind.FORM, Kind.ENDORSEMENT, Kind.FILE):
        for data in vault.of_kind(kind).values():
            assert data in files.values()
    sources = [json.loads(data)["source"].encode() for data in vault.of_kind(Kind.TRUST_LIST).values()]
    assert sources
    assert all(source in files.values() for source in sources)


def test_the_page_lists_every_file_and_asks_for_nothing_else(files):
    page = Links(files["index.html"].decode())
    assert set(page.links) == files.keys() - {"index.html"}
    assert not page.tags & {"script", "img", "iframe", "link", "form", "object", "base"}
    assert "default-src 'none'" in files["index.html"].decode()


def test_every_path_stays_in_the_folder(files):
    for path in files:
        assert re.fullmatch(r"([a-z-]+/)?[a-zA-Z0-9.-]+", path), path
        assert ".." not in path


def test_no_secret_is_in_it(person, files):
    everything = b"".join(files.values())
    for secret in (b"SECRET-TOKEN-OF-A-REQUEST", *person.wallet.vault.of_kind(Kind.SEED).values()):
        assert secret not in everything


def test_the_note_says_what_each_folder_is(files):
    note = files["README.txt"].decode()
    for place in {path.partition("/")[0] for path in files} - {"index.html", "README.txt", "credentials.csv"}:
        assert place in note, place


def test_the_journal_is_a_table_and_a_document(person, files):
    rows = list(csv.DictReader(io.StringIO(files["journal.csv"].decode("utf-8-sig"))))
    assert [row["host"] for row in rows] == ["'=evil.example"]
    assert (
        rows[0]["at"]
        == json.loads(files["journal.json"])["entries"][0]["at"]
        == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    )


def test_a_folder_is_written_whole_and_for_its_owner_alone(files, tmp_path):
    os.umask(os.umask(0o022))
    target = tmp_path / "copy"
    write_folder(target, files)
    assert {
        str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()
    } == files
    for path in (target, *target.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert not (tmp_path / "copy.unfinished").exists()


def test_what_is_there_is_never_written_over_and_no_link_is_followed(files, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "link").symlink_to(elsewhere)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("link", "full", "file"):
        with pytest.raises(FolderNotEmpty):
            write_folder(tmp_path / name, files)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "dangling", b"x")
    assert not (tmp_path / "nowhere").exists()
    assert list(elsewhere.iterdir()) == []
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", files)


def test_a_folder_left_unfinished_is_made_anew(files, tmp_path):
    unfinished = tmp_path / "copy.unfinished"
    unfinished.mkdir()
    (unfinished / "half").write_text("x")
    write_folder(tmp_path / "copy", files)
    assert not (tmp_path / "copy" / "half").exists()


def test_the_zip_file_is_the_same_whenever_it_is_made(files):
    packed = write_zip(files)
    assert packed == write_zip(files)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert {
            name.removeprefix("skills-passport/"): archive.read(name) for name in archive.namelist()
        } == files
