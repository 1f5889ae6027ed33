"""Names of files that are made of what a badge calls itself: nothing in a title leads, hides or lies (A30)."""

import re
import unicodedata
from email.message import Message
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from passport.attachment import attachment
from passport.certificate import file_stem
from passport.paper import SaveAs

NUMBER = "0a1b2c3d4e5f"
HOSTILE = [
    "", " ", ".", "..", "../../.ssh/authorized_keys", "..\\..\\start.bat", "C:\\Windows\\win.ini", "/etc/passwd", "~root",
    "CON", "nul", "COM1.txt", "-rf", "--output=x", "$(reboot)", "`reboot`", "a;b|c&d", "a\nb\r\nSet-Cookie: x=y", "a\0b",
    'a"; filename="b.exe', "a%2F..%2Fb", "badge.pdf.exe", "badge\u202efdp.exe", "\u2066badge\u2069", "las\u200bser", "\ufeffbadge",
    "a" * 5_000, "漢" * 500, "e" + "\u0301" * 500, "\u0301\u0301", "／etc／passwd", "．．／x", "😀", "\ud800", "*?<>|:",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_makes_a_plain_name(title):
    name = f"{file_stem(title, NUMBER)}.{SaveAs.PDF}"
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert len(name.encode()) < 128
    assert name.count(".") == 1
    assert name.endswith("-0a1b2c3d.pdf")
    assert not unicodedata.category(name[0]).startswith(("M", "P", "Z", "C"))
    assert all(unicodedata.category(letter)[0] in "LMN" or letter in "-." for letter in name)


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Basisveiligheid (VCA)", "Basisveiligheid-VCA-0a1b2c3d"),
        ("Crème brûlée", "Crème-brûlée-0a1b2c3d"),
        ("Зварювальник", "Зварювальник-0a1b2c3d"),
        ("لحام", "لحام-0a1b2c3d"),
        ("!!!", "credential-0a1b2c3d"),
    ],
)
def test_a_name_is_that_of_the_badge_in_its_own_letters(title, stem):
    assert file_stem(title, NUMBER) == stem


@pytest.mark.parametrize("title", [*HOSTILE, "Crème brûlée", "لحام"])
def test_a_header_with_a_hostile_name_is_one_header_and_gives_that_name(title):
    name = f"{file_stem(title, NUMBER)}.pdf"
    header = attachment(name)["Content-Disposition"]
    assert re.fullmatch(r"[\x20-\x7e]+", header)
    read = Message()
    read["Content-Disposition"] = header
    assert read.get_content_disposition() == "attachment"
    assert re.search(r'filename="([^"\\]*)"', header)[1].endswith("0a1b2c3d.pdf")
    assert read.get_filename() == name or "filename*" in header


@pytest.mark.parametrize("name", ['a"b.pdf', "a\r\nX: y.pdf", "../a.pdf", "a\\b.pdf"])
def test_a_header_holds_no_quote_line_or_stroke_of_a_name(name):
    plain = re.search(r'filename="(.*?)"(;|$)', attachment(name)["Content-Disposition"])[1]
    assert not set(plain) & set('"\\/\r\n')
