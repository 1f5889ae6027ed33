"""`passport trust` with classes of a registrar's own: made from tables, shown, checked and compared."""

import pytest

from passport.json import dump, parse_object
from passport.trust import Recognition, RecognitionClass, parse_trust_list

LIST = "https://registrar.example/latest.json"
CLASSES = (
    "id,counts_as,name_nl,name_en\n"
    "reintegration-guide,adviser,Re-integratiebegeleider,Reintegration guide\n"
    "job-coach,employer,Jobcoach,\n"
)
GUIDE = RecognitionClass(
    "reintegration-guide",
    Recognition.ADVISER,
    {"nl": "Re-integratiebegeleider", "en": "Reintegration guide"},
)
COACH = RecognitionClass("job-coach", Recognition.EMPLOYER, {"nl": "Jobcoach"})
ROWS = (
    "did,name,recognised_as,may_recognise,list\n"
    "did:web:guides.example,Guides,reintegration-guide validator,,\n"
    "did:web:sector.example,Sector,,job-coach,https://sector.example/list\n"
)
NAMES = ("--name", "List", "--publisher-name", "Registrar")


@pytest.fixture
def make(passport, desk):
    def run(*more, classes=CLASSES, rows=ROWS, name="list.json"):
        words = ["--classes", desk.write("classes", classes.encode())] if classes else []
        words += ["--entries", desk.write("entries", rows.encode())] if rows else []
        path = desk.folder / name
        return path, passport(
            "trust", "make", LIST, *more, *words, *NAMES, "--key", desk.key, "-o", path, "--json"
        )

    return run


def test_tables_become_a_list_with_classes(make):
    path, made = make()
    assert (made.code, made.json["entries"], made.json["classes"]) == (0, 2, 2)
    parsed = parse_trust_list(path.read_bytes())
    guides, sector = parsed.entries
    assert parsed.classes == (COACH, GUIDE)
    assert guides.recognised_as == {GUIDE, Recognition.VALIDATOR}
    assert sector.may_recognise == {COACH}


def test_a_class_named_on_the_command_line(make):
    path, made = make("did:web:guides.example=reintegration-guide,adviser=Guides", rows="")
    assert made.code == 0
    assert parse_trust_list(path.read_bytes()).entries[0].recognised_as == {GUIDE, Recognition.ADVISER}


def test_json_as_in_a_list(passport, desk, make):
    path, _ = make()
    document = parse_object(path.read_bytes())
    again = desk.folder / "again.json"
    words = ("--entries", desk.write("own.json", document), *NAMES, "--key", desk.key, "-o", again, "--json")
    assert passport("trust", "make", LIST, *words).json["classes"] == 2
    made = parse_object(again.read_bytes())
    assert (made["classes"], made["entries"]) == (document["classes"], document["entries"])
    entries = desk.write("entries.json", dump(document["entries"]))
    words = ("--classes", desk.write("classes.json", dump(document["classes"])), "--entries", entries)
    made = passport("trust", "make", LIST, *words, *NAMES, "--key", desk.key, "-o", again, "--json")
    assert parse_object(again.read_bytes())["classes"] == document["classes"]


@pytest.mark.parametrize(
    ("classes", "code"),
    [
        ("id,name\na,b\n", "malformed_recognition_class"),
        ("id,counts_as,name_nl,rank\na,adviser,B,1\n", "malformed_recognition_class"),
        ("id,counts_as,name_nl\n", "malformed_recognition_class"),
        ("id,counts_as,name_nl\nguide,adviser\n", "malformed_recognition_class"),
        ("id,counts_as,name_nl\nguide,adviser,Gids,more\n", "malformed_recognition_class"),
        ('id,counts_as,name_nl\nguide,"adviser\n', "malformed_recognition_class"),
        ("id,counts_as,name_nl\nguide,king,Gids\n", "malformed_recognition_class"),
        ("id,counts_as,name_nl\nguide,adviser,\n", "malformed_recognition_class"),
        ("{}", "malformed_recognition_class"),
        ("[]", "malformed_recognition_class"),
        ("id,counts_as,name_nl\nadviser,adviser,Gids\n", "shadowing_recognition_class"),
        ("id,counts_as,name_nl\nguide,adviser,Gids\nguide,employer,Ander\n", "ambiguous_recognition_class"),
    ],
)
def test_a_table_of_classes_in_another_form_is_refused(make, classes, code):
    path, made = make(classes=classes, rows="")
    assert (made.code, made.json["error"]["code"]) == (1, code)
    assert not path.exists()


def test_a_table_in_another_encoding_is_refused(passport, desk):
    path = desk.write("classes.csv", b"\xff\xfe")
    made = passport("trust", "make", LIST, "--classes", path, *NAMES, "--key", desk.key, "--json")
    assert made.json["error"]["code"] == "malformed_recognition_class"


def test_an_entry_that_names_no_class_of_the_list_is_refused(make):
    _, made = make(classes="")
    assert (made.json["error"]["code"], made.json["error"]["line"]) == ("malformed_entries", 2)
    _, made = make("did:web:guides.example=guide=Guides", rows="")
    assert made.json["error"]["code"] == "malformed_entry"


def test_show_and_check_name_the_classes(passport, desk, make):
    path, made = make()
    shown = passport("trust", "show", path, "--publisher", made.json["publisher"])
    assert "Class reintegration-guide: “Reintegration guide” (counts as adviser)" in shown.out
    assert "Class job-coach: “Jobcoach” (counts as employer)" in shown.out
    assert "reintegration-guide (counts as adviser)" in " ".join(shown.out.split())
    assert passport("trust", "check", path, "--json").json["classes"] == 2


def test_versions_are_compared_in_plain_words(passport, make):
    first, _ = make()
    more = CLASSES.replace("guide,adviser", "guide,validator").replace("Jobcoach", "Baancoach")
    second, _ = make("--after", str(first), classes=more, name="second.json")
    third, _ = make("--after", str(second), name="third.json", classes="", rows=ROWS.splitlines()[0])
    told = passport("trust", "diff", first, second).out
    assert "The class “Reintegration guide” now counts as assessor, and no longer as adviser." in told
    assert "The class “Jobcoach” is now called “Baancoach”." in told
    dutch = passport("trust", "diff", third, second, "--language", "nl").out
    assert "De lijst heeft een eigen soort: “Re-integratiebegeleider”. Die telt als: assessor." in dutch
    assert "“Re-integratiebegeleider” (telt als assessor)" in " ".join(dutch.split())
    changes = passport("trust", "diff", second, third, "--json").json["changes"]
    # made in another second, the third ends in another one too
    changes = [each for each in changes if each["code"] != "trust.list_dates"]
    assert [each["code"] for each in changes if each["party"] is None] == [
        "trust.class_removed",
        "trust.class_removed",
    ]
