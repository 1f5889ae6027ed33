"""`passport skill-map`: from a table to a signed map, and what it says of a dossier's code."""

import pytest

MAP = "https://sector.example/skill-map"
HEAD = "qualification,codes,name,skill,skill_name,match,source\n"
TABLE = HEAD + (
    "urn:q:welder,crebo 12345;dossier 99999,Lasser,http://data.europa.eu/esco/skill/1,lassen,exact,Kerntaak 1\n"
    "urn:q:welder,crebo 12345;dossier 99999,Lasser,http://data.europa.eu/esco/skill/2,lezen,,Kerntaak 2\n"
    "urn:q:baker,,Bakker,http://data.europa.eu/esco/skill/3,bakken,close,Kerntaak 1\n"
)


@pytest.fixture
def made(passport, desk):
    def make(table=TABLE):
        path = desk.write("table.csv", table if isinstance(table, bytes) else table.encode())
        words = ("--key", desk.key, "--name", "Synthetic map", "--publisher-name", "Sector")
        return passport("skill-map", "make", MAP, path, *words, "-o", desk.folder / "map.json", "--json")

    return make


def test_a_table_becomes_a_signed_map(passport, desk, made):
    assert made().json == {
        "file": str(desk.folder / "map.json"),
        "id": MAP,
        "publisher": desk.school.did,
        "entries": 2,
    }
    shown = passport("skill-map", "show", desk.folder / "map.json", "--json").json
    assert shown["publisher"] == desk.school.did
    assert shown["qualifications"] == ["urn:q:welder", "urn:q:baker"]
    words = passport("skill-map", "show", desk.folder / "map.json", "--publisher", desk.school.did)
    assert words.code == 0
    assert "Sector, version 1" in words.out
    assert "lassen" in words.out


def test_a_dossiers_code_gives_its_skills(passport, desk, made):
    made()
    asked = ("skill-map", "show", desk.folder / "map.json", "--qualification")
    assert passport(*asked, "Crebo 12345", "--json").json["skills"] == [
        "http://data.europa.eu/esco/skill/1",
        "http://data.europa.eu/esco/skill/2",
    ]
    assert passport(*asked, "crebo 1", "--json").json["error"]["code"] == "unknown_qualification"


def test_a_changed_map_and_another_publisher_are_refused(passport, desk, made):
    made()
    path = desk.folder / "map.json"
    asked = ("skill-map", "show", path, "--json")
    assert passport(*asked, "--publisher", desk.worker.did).json["error"]["code"] == "unexpected_publisher"
    path.write_bytes(path.read_bytes().replace(b"lassen", b"dansen"))
    assert passport(*asked).code == 1


@pytest.mark.parametrize(
    "table",
    [
        "qualification,skill\n1,2\n",
        HEAD + "urn:q:1,,x\n",
        HEAD + "urn:q:1,,x,urn:s:1,x,perhaps,x\n",
        b"\xff\xfe",
        "",
    ],
)
def test_a_table_of_another_form_is_refused(made, table):
    assert made(table).json["error"]["code"] == "malformed_skill_table"


def test_a_table_with_a_skill_twice_is_refused(made):
    row = "urn:q:1,,x,urn:s:1,x,exact,x\n"
    assert made(HEAD + row + row).json["error"]["code"] == "malformed_skill_map"
