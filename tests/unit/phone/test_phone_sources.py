"""What goes to the phone: all that its pages need, nothing that it lacks, and the same bytes each time."""

import zipfile

import pytest

from wallet.errors_phone import NotForPhones
from wallet.site.phone.archive import write_archive
from wallet.site.phone.closure import modules_of


def test_the_sources_are_the_same_bytes_twice_and_hold_the_pages_but_no_server(tmp_path):
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    write_archive(first)
    write_archive(second)
    assert first.read_bytes() == second.read_bytes()
    names = set(zipfile.ZipFile(first).namelist())
    assert {"wallet/pages/home.py", "wallet/views/templates/home.html", "matching/data/bundle.bin"} <= names
    assert not [name for name in names if name.startswith(("wallet/desktop", "issuer/", "passport/storage"))]


def test_what_needs_a_library_that_phones_lack_stops_the_build():
    with pytest.raises(NotForPhones):
        modules_of("wallet.desktop.sodium")
