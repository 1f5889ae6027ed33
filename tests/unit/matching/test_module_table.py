"""A school's table of modules: what is used, what is left out by which rule, and what is refused."""

from dataclasses import replace

import pytest

import matching.plan.table as rows_of_modules
from matching.bundle import load_bundle
from matching.limits import PLAN
from matching.plan.errors import MalformedModuleTable
from matching.plan.table import COLUMNS, MAY_COLUMNS, read_module_table

ESCO = load_bundle()
WELD = ESCO.skills.iris[7]


def table(*rows):
    return "\n".join([",".join(COLUMNS), *rows]).encode()


ROW = 'urn:m:1,Lassen,Welding,A school,40,"450,50",work,nee,Utrecht,,urn:a:1,2027-02-01/2027-03-01;2027-09-01'


OTHER = ROW.replace("urn:m:1", "urn:m:2")


def test_a_table_with_a_row_for_each_skill():
    (module,) = read_module_table(table(f"{ROW},{WELD},weld,2", f"{ROW},{ESCO.skills.iris[9]},cut,")).modules
    assert (module.hours, module.cents, module.online) == (40, 45_050, False)
    assert [each.level for each in module.skills] == [2, None]
    assert [each.first.isoformat() for each in module.starts] == ["2027-02-01", "2027-09-01"]


@pytest.mark.parametrize(
    "data",
    [b"", b"module,title\n1,2\n", b"\xff\xfe", table(), table("urn:m:1", f"{ROW},not an address,weld,")],
)
def test_a_table_without_its_columns_or_without_a_row_of_use_is_refused(data):
    with pytest.raises(MalformedModuleTable):
        read_module_table(data)


def test_a_header_says_which_columns_it_lacks():
    with pytest.raises(MalformedModuleTable) as refused:
        read_module_table(b"module;title_nl;title_en;provider;hours\n")
    assert str(refused.value.details["lacks"]).startswith("euros form online")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("urn:m:2", "not-a-row"),
        ('urn:m:2,"unfinished', "not-a-row"),
        (f"{ROW.replace('urn:m:1', 'no address')},{WELD},weld,", "not-an-address"),
        (f"{OTHER.replace('Lassen,Welding', ',')},{WELD},weld,", "not-a-text"),
        (f"{OTHER.replace('A school', '')},{WELD},weld,", "not-a-text"),
        (f"{OTHER.replace('40', 'forty')},{WELD},weld,", "not-hours"),
        (f"{OTHER.replace('40', '-40')},{WELD},weld,", "not-hours"),
        (f"{OTHER.replace('40', '999999999')},{WELD},weld,", "not-hours"),
        (f"{OTHER.replace('450,50', '450,505')},{WELD},weld,", "not-euros"),
        (f"{OTHER.replace('450,50', '-1')},{WELD},weld,", "not-euros"),
        (f"{OTHER.replace('nee', 'perhaps')},{WELD},weld,", "not-yes-or-no"),
        (f"{OTHER.replace('work', 'desk')},{WELD},weld,", "not-a-form"),
        (f"{OTHER.replace('2027-09-01', 'spring')},{WELD},weld,", "not-a-day"),
        (f"{OTHER.replace('2027-03-01', '2026-03-01')},{WELD},weld,", "not-a-day"),
        (f"{OTHER},{WELD},weld,high", "not-a-level"),
        (f"{ROW},{WELD},weld,0", "not-a-level"),
        (f"{OTHER},not an address,weld,", "not-a-skill"),
        (f"{OTHER},{WELD},,", "not-a-text"),
        (f"{ROW},{WELD},weld,", "twice"),
    ],
)
def test_a_row_of_modules_that_cannot_be_used_is_counted_and_the_rest_works(row, rule):
    found = read_module_table(table(f"{ROW},{WELD},weld,2", "", row, f"{ROW},{ESCO.skills.iris[9]},cut,"))
    assert {str(name): (rows.count, rows.line) for name, rows in found.left_out.items()} == {rule: (1, 4)}
    assert [len(module.skills) for module in found.modules] == [2]
    assert found.rows == 3


def test_what_a_row_asks_first_is_read_or_the_row_is_left_out():
    header = ",".join((*COLUMNS, *MAY_COLUMNS))
    rows = [
        f"{OTHER},{WELD},weld,,{asks}"
        for asks in ("urn:m:2", ",nothing", f",{WELD}|weld|much", f",{WELD}|weld|0")
    ]
    found = read_module_table(
        "\n".join([header, f"{ROW},{WELD},weld,,urn:m:9,{WELD}|weld|2", *rows]).encode()
    )
    assert found.modules[0].asks_modules == ("urn:m:9",)
    assert {str(name): rows.count for name, rows in found.left_out.items()} == {"not-what-it-asks": 4}


def test_semicolons_and_a_byte_order_mark_are_fine_in_a_table_of_modules():
    row = f"urn:m:1;Lassen;;A school;40;450,50;work;ja;;;;;{WELD};weld;"
    data = b"\xef\xbb\xbf" + "\r\n".join([";".join(COLUMNS).upper(), row, ""]).encode()
    (module,) = read_module_table(data).modules
    assert (module.cents, module.online, module.skills[0].name) == (45_050, True, "weld")


def test_there_is_an_end_to_modules_and_skills_of_a_table(monkeypatch):
    small = replace(PLAN, modules=2, skills=2)
    monkeypatch.setattr(rows_of_modules, "PLAN", small)
    many = [f"{ROW.replace('urn:m:1', f'urn:m:{n}')},{WELD},weld," for n in range(4)]
    more = [f"{ROW.replace('urn:m:1', 'urn:m:0')},{iri},x," for iri in ESCO.skills.iris[20:23]]
    found = read_module_table(table(*many, *more))
    assert [len(module.skills) for module in found.modules] == [2, 1]
    assert {str(name): rows.count for name, rows in found.left_out.items()} == {
        "too-many-modules": 2,
        "too-many-skills": 2,
    }
