"""What goes to the phone: all that its pages need, nothing that it lacks, and the same bytes each time."""

import hashlib
import zipfile

import pytest

from tests.simulators.parties import World
from wallet.core.shipped_lists import Shipped, read_shipped
from wallet.errors_phone import NotForPhones
from wallet.site.phone.archive import write_archive
from wallet.site.phone.built import Made, shipped_file
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


def test_lists_for_new_wallets_are_a_file_of_the_app_with_its_digest_and_there_is_none_without(tmp_path):
    world = World()
    lists = Shipped((world.trust_list(), world.trust_list(list_id="https://sector.example/list")))
    plain, with_lists = Made(tmp_path), Made(tmp_path, lists=lists)
    assert (shipped_file(plain), plain.digests) == ({}, {}), "the version is that of the app alone"
    named = shipped_file(with_lists)
    assert list(with_lists.digests) == [named["lists"]], "what the version and the worker's check are made of"
    packed = (tmp_path / named["lists"]).read_bytes()
    assert hashlib.sha256(packed).hexdigest()[:16] in named["lists"]
    assert set(read_shipped(packed).sources) == set(lists.sources)
    assert named == shipped_file(Made(tmp_path, lists=Shipped(lists.sources[::-1]))), (
        "the same bytes each time"
    )
