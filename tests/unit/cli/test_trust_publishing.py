"""`passport trust make|sign|check|diff|publish`: from a registrar's table to a folder that never goes back."""

import json
from datetime import timedelta

import pytest

from passport.cli.published import LATEST, Version, check_folder
from passport.cli.published import publish as publish_version
from passport.clock import utc_now
from passport.errors import TooLarge
from passport.json import dump, parse_object
from passport.limits import TRUST
from passport.trust import parse_trust_list

LIST = "https://registrar.example/latest.json"
HEAD = "did,name,recognised_as,valid_until,skills,may_recognise,list,revoked_at,revoked_reason\n"


@pytest.fixture
def registrar(passport, desk):
    return passport("keys", "new", desk.folder / "registrar.key", "--json").json["did"]


@pytest.fixture
def make(passport, desk, registrar):
    def run(rows, *more, key=True, name="list.json"):
        table = desk.write("entries.csv", (HEAD + rows).encode())
        words = ("--entries", table, "--name", "List", "--publisher-name", "Registrar", "--json")
        signs = ("--key", desk.folder / "registrar.key") if key else ()
        path = desk.folder / name
        return path, passport("trust", "make", LIST, *words, *signs, "-o", path, *more)

    return run


def row(did, name, words="", until="", skills="", may="", place="", at="", why=""):
    return f"{did},{name},{words},{until},{skills},{may},{place},{at},{why}\n"


def test_a_table_becomes_a_list(desk, make):
    rows = row(desk.school.did, '"School, the"', "educator validator", "2099-01-31", "https://s.example/1")
    rows += row("did:web:sector.example", "Sector", may="educator", place="https://sector.example/list")
    rows += row("did:web:old.example", "Old", "employer", at="2026-01-31", why="Closed.")
    path, made = make(rows)
    assert (made.code, made.json["entries"], made.json["version"]) == (0, 3, 1)
    school, sector, old = parse_trust_list(path.read_bytes()).entries
    assert (school.name, len(school.recognised_as), school.skills) == (
        "School, the",
        2,
        {"https://s.example/1"},
    )
    assert (sector.recognised_as, sector.list_id) == (frozenset(), "https://sector.example/list")
    assert old.revoked is not None
    assert old.revoked.reason == "Closed."


@pytest.mark.parametrize("form", ["a list", "a list's own JSON"])
def test_json_entries_too(passport, desk, make, registrar, form):
    path, _ = make(row(desk.school.did, "School", "educator"))
    document = parse_object(path.read_bytes())
    entries = desk.write("entries.json", document if form != "a list" else dump(document["entries"]))
    words = ("--entries", entries, "--name", "L", "--publisher-name", "R", "--publisher", registrar)
    made = passport("trust", "make", LIST, *words, "-o", desk.folder / "b.json", "--json")
    assert made.json["signed"] is False
    assert parse_object((desk.folder / "b.json").read_bytes())["entries"] == document["entries"]


@pytest.mark.parametrize(
    "rows",
    [
        "did:web:a.example,Name,king,,,,,,\n",
        "did:web:a.example,Name,educator,31-01-2027,,,,,\n",
        "did:web:a.example,Name,educator,2027-02-31,,,,,\n",
        "did:web:a.example,Name,educator,2027-02-01T00:00:00,,,,,\n",
        "did:web:a.example,Name,educator\n",
        "did:web:a.example,Name,educator,,,,,,,,,more\n",
        'did:web:a.example,"Name\n',
        "did:web:a.example,Name,educator,,,,,yesterday,Closed.\n",
    ],
)
def test_a_row_in_another_form_is_named_by_its_line(make, rows):
    _, made = make(row("did:web:b.example", "First", "educator") + rows)
    assert made.code == 1
    assert made.json["error"]["code"] == "malformed_entries"
    assert made.json["error"].get("line", 3) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"name,age\nA,3\n",
        b"did,name,age\na,b,c\n",
        b"\xff\xfe\n",
        b"",
        b"{}",
        b'{"entries":{}}',
        b"[1]",
        b'[{"id":"x"}]',
    ],
)
def test_no_table_of_entries_is_refused(passport, desk, content):
    path = desk.write("junk", content)
    words = ("--entries", path, "--name", "L", "--publisher-name", "R", "--key", desk.key, "--json")
    made = passport("trust", "make", LIST, *words, "-o", desk.folder / "b.json")
    assert made.json["error"]["code"] == "malformed_entries"


def test_without_a_key_or_a_publisher_there_is_no_list(make):
    _, made = make(row("did:web:a.example", "A", "educator"), key=False)
    assert made.json["error"]["code"] == "no_key"


def test_signed_later_by_the_publisher_and_by_nobody_else(passport, desk, make, registrar):
    path, made = make(row("did:web:a.example", "A", "educator"), "--publisher", registrar, key=False)
    assert made.json["signed"] is False
    refused = passport("trust", "sign", path, "--key", desk.key, "--json")
    assert refused.json["error"]["code"] == "key_of_another"
    assert passport("trust", "check", path, "--json").code == 1
    signed = passport("trust", "sign", path, "--key", desk.folder / "registrar.key", "--json")
    assert signed.json["publisher"] == registrar
    assert passport("trust", "sign", path, "--key", desk.folder / "registrar.key", "--json").code == 0
    assert passport("trust", "check", path, "--json").json["problems"] == []
    assert "can be published" in passport("trust", "check", path).out


def test_a_registrar_on_the_web_names_its_key(passport, desk, make):
    method = "did:web:registrar.example#key-1"
    path, made = make(row("did:web:a.example", "A", "educator"), "--method", method)
    assert made.json["publisher"] == "did:web:registrar.example"
    assert parse_object(path.read_bytes())["proof"]["verificationMethod"] == method


def test_what_counts_for_nothing_is_told_before_it_is_published(passport, make, registrar):
    rows = row(registrar, "Myself", "educator")
    rows += row(registrar, "Myself", may="educator", place="https://a.example/list")
    rows += row("did:web:a.example", "Past", "educator", "2020-01-01").replace(",2020-01-01", ",2027-12-31")
    path, _ = make(rows, "--since", "2027-12-01")
    checked = passport("trust", "check", path, "--json")
    assert checked.code == 1
    assert [each["code"] for each in checked.json["problems"]] == [
        "not_in_force",
        "delegates_to_itself",
        "not_in_force",
    ]
    path, _ = make(row(registrar, "Myself", "educator"))
    assert passport("trust", "check", path, "--json").json["problems"][0]["code"] == "recognises_itself"
    path, _ = make(row("did:web:a.example", "A", "educator"), "--revoke-list", "Another list came.")
    assert passport("trust", "check", path, "--json").json["problems"][0]["code"] == "list_revoked"
    assert "Another list came." in passport("trust", "check", path).out


def test_versions_are_compared_in_plain_words(passport, desk, make):
    old, _ = make(row(desk.school.did, "School", "educator"), name="1.json")
    changed = row(desk.school.did, "School", "educator", at="2026-01-31", why="Closed.")
    changed += row("did:web:b.example", "[red]New[/]", "validator")
    new, made = make(changed, "--after", old, name="2.json")
    assert made.json["version"] == 2
    found = passport("trust", "diff", old, new, "--json").json
    # made in another second, the second ends in another one too
    codes = [each["code"] for each in found["changes"] if each["code"] != "trust.list_dates"]
    assert codes == ["trust.revoked", "trust.added"]
    told = passport("trust", "diff", old, new, "--language", "nl").out
    assert "De erkenning van School is ingetrokken vanaf 31 januari 2026. Reden: Closed." in told
    assert "[red]New[/]" in told
    assert "[red]New[/] is erbij gekomen, erkend als: assessor." in told
    same, _ = make(
        row(desk.school.did, "School", "educator"), "--version", "3", "--days", "80", name="3.json"
    )
    assert "valid until" in passport("trust", "diff", old, same).out


def test_a_list_of_a_delegate_is_shown_under_its_delegators(passport, desk, make, registrar):
    place = "https://sector.example/list"
    over, _ = make(row(desk.school.did, "Sector", may="educator", place=place), name="over.json")
    path = desk.folder / "sector.json"
    words = ("--key", desk.key, "--name", "S", "--publisher-name", "Sector", "-o", path)
    passport("trust", "make", place, "did:web:a.example=educator=A", *words)
    alone = passport("trust", "show", path, "--publisher", registrar, "--json")
    assert alone.json["error"]["code"] == "unexpected_publisher"
    shown = passport("trust", "show", path, "--under", over, "--publisher", registrar)
    assert shown.code == 0
    assert "Sector, version 1" in shown.out
    assert "may recognise educator" in passport("trust", "show", over, "--publisher", registrar).out


class TestAPublishedFolder:
    def test_keeps_every_version_and_never_goes_back(self, passport, desk, make):
        folder = desk.folder / "www"
        first, _ = make(row("did:web:a.example", "A", "educator"), name="1.json")
        second, _ = make(row("did:web:a.example", "A", "validator"), "--after", first, name="2.json")
        other, _ = make(row("did:web:a.example", "A", "employer"), "--after", first, name="2b.json")
        assert passport("trust", "publish", first, folder, "--json").json["version"] == 1
        assert passport("trust", "publish", second, folder).code == 0
        assert passport("trust", "publish", second, folder, "--json").code == 0
        for refused in (first, other):
            ran = passport("trust", "publish", refused, folder, "--json")
            assert (ran.code, ran.json["error"]["code"]) == (1, "published_already")
        index = check_folder(folder)
        assert (index["latest"], [each["version"] for each in index["versions"]]) == (2, [1, 2])
        assert (folder / LATEST).read_bytes() == second.read_bytes()
        assert sorted(path.name for path in (folder / "versions").iterdir()) == ["1.json", "2.json"]

    def test_takes_no_list_that_is_not_signed(self, passport, desk, make, registrar):
        path, _ = make(row("did:web:a.example", "A", "educator"), "--publisher", registrar, key=False)
        ran = passport("trust", "publish", path, desk.folder / "www", "--json")
        assert ran.json["error"]["code"] == "proof_missing"
        assert not (desk.folder / "www").exists()

    def test_of_another_list_is_left_alone(self, desk):
        def version(identifier, number=1, content=b"{}"):
            return Version(identifier, number, content, utc_now(), utc_now() + timedelta(days=1))

        publish_version(desk.folder / "www", version("https://a.example/"))
        index = desk.folder / "www" / "index.json"
        with pytest.raises(Exception, match="does not fit"):
            publish_version(desk.folder / "www", version("https://b.example/", 2))
        good = json.loads(index.read_bytes())
        for junk in (
            b"",
            b"[]",
            dump({**good, "latest": 9}),
            dump({**good, "versions": [{**good["versions"][0], "file": "../../etc/passwd"}]}),
            dump({**good, "versions": [1]}),
            dump({**good, "type": "X"}),
        ):
            index.write_bytes(junk)
            with pytest.raises(Exception, match="does not fit"):
                publish_version(desk.folder / "www", version("https://a.example/", 2))
        index.write_bytes(dump(good))
        (desk.folder / "www" / "versions" / "1.json").write_bytes(b"changed")
        with pytest.raises(Exception, match="does not fit"):
            check_folder(desk.folder / "www")

    def test_a_crash_before_the_index_was_written_can_be_finished(self, desk):
        new = Version("https://a.example/", 1, b"{}", utc_now(), utc_now() + timedelta(days=1))
        publish_version(desk.folder / "www", new)
        (desk.folder / "www" / "index.json").unlink()
        publish_version(desk.folder / "www", new)
        assert check_folder(desk.folder / "www")["latest"] == 1

    def test_two_who_publish_one_version_at_once(self, desk):
        new = Version("https://a.example/", 1, b"{}", utc_now(), utc_now() + timedelta(days=1))
        publish_version(desk.folder / "www", new)
        (desk.folder / "www" / "index.json").unlink()
        with pytest.raises(Exception, match="published there already"):
            publish_version(desk.folder / "www", Version(new.id, 1, b"[]", new.valid_from, new.valid_until))

    def test_holds_so_many_versions(self, desk, monkeypatch):
        monkeypatch.setattr("passport.cli.published.limits.TRUST", type(TRUST)(versions=2))
        now = utc_now()

        def version(number):
            return Version("https://a.example/", number, b"{}", now, now + timedelta(days=1))

        publish_version(desk.folder / "www", version(1))
        publish_version(desk.folder / "www", version(2))
        with pytest.raises(TooLarge):
            publish_version(desk.folder / "www", version(3))


def test_a_school_on_a_delegates_list_weighs_on_the_command_line(passport, desk, make, registrar):
    """`verify` reads lists in any order, and its workers count a delegate's list only under its delegator's."""
    sector = passport("keys", "new", desk.folder / "sector.key", "--json").json["did"]
    place = "https://sector.example/list"
    over, _ = make(
        row(sector, "Sector", may="educator", place=place), "--since", "2020-01-01", name="over.json"
    )
    path = desk.folder / "sector.json"
    words = ("--key", desk.folder / "sector.key", "--name", "S", "--publisher-name", "Sector", "-o", path)
    passport("trust", "make", place, f"{desk.school.did}=educator=School", "--since", "2020-01-01", *words)
    weighed = passport(
        "verify", desk.signed, "--trust", path, "--trust", over, "--publisher", registrar, "--json"
    )
    assert "Sector recognises on behalf of Registrar" in str(weighed.json[0]["skills"])
    alone = passport("verify", desk.signed, "--trust", path, "--publisher", registrar, "--json")
    assert alone.json["error"]["code"] == "unexpected_publisher"
