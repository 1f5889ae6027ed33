"""Records that a supervisor sends: time sheets read by row, photos without their place, nothing that runs."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image

from issuer.confirmations.errors import (
    MalformedTimeSheet,
    PhotoTooLarge,
    PhotoUnreadable,
    RecordEmpty,
    RecordKindUnknown,
    RecordTooLarge,
    TimeSheetTooLong,
)
from issuer.confirmations.intake import RecordKind, TakenIn, WrongSheet, take_in
from issuer.confirmations.limits import CONFIRMATION
from issuer.confirmations.photos import clean_photo
from issuer.confirmations.time_sheets import read_time_sheet, write_time_sheet

TODAY = date(2026, 11, 22)
GOOD = "date,hours,task\n2026-03-02,8,baking bread\n2026-03-03,7.5,cleaning\n2026-03-03,0.5,counting\n"


def sheet(text):
    return read_time_sheet(text.encode(), TODAY)


def test_the_totals_of_a_time_sheet_are_those_of_its_rows():
    read = sheet(GOOD)
    assert (read.hours, read.days, read.first, read.last) == (
        Decimal("16.0"),
        2,
        date(2026, 3, 2),
        date(2026, 3, 3),
    )
    assert read.wrong == ()


@pytest.mark.parametrize(
    "text",
    [
        "datum;uren;taak\r\n02-03-2026;8;brood bakken\r\n3-3-2026;7,5;schoonmaken\r\n3/3/2026;0,5;tellen\r\n",
        "﻿task,date,hours\nbrood bakken,2026-03-02,8\n\nschoonmaken,2026-03-03,7.5\n,,\ntellen,2026-03-03,0.5\n",
        ' Date , HOURS,"Task"\n2026-03-02, 8 ,"brood bakken"\n2026-03-03,7.5,schoonmaken\n2026-03-03,.5,tellen\n'.replace(
            ",.5", ",0.5"
        ),
    ],
)
def test_columns_may_be_dutch_in_any_order_and_written_by_any_spreadsheet(text):
    read = sheet(text)
    assert read.wrong == ()
    assert (read.hours, read.days) == (Decimal("16.0"), 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-03-02,8", "time_sheet_wrong_cells"),
        ("2026-03-02,8,x,y", "time_sheet_wrong_cells"),
        ("2 maart,8,x", "time_sheet_wrong_day"),
        ("2026-02-30,8,x", "time_sheet_wrong_day"),
        ("2026-11-23,8,x", "time_sheet_wrong_day"),
        ("1949-12-31,8,x", "time_sheet_wrong_day"),
        ("٢٠٢٦-03-02,8,x", "time_sheet_wrong_day"),
        ("2026-03-02,0,x", "time_sheet_wrong_hours"),
        ("2026-03-02,-1,x", "time_sheet_wrong_hours"),
        ("2026-03-02,24.01,x", "time_sheet_wrong_hours"),
        ("2026-03-02,1e1,x", "time_sheet_wrong_hours"),
        ("2026-03-02,NaN,x", "time_sheet_wrong_hours"),
        ("2026-03-02,Infinity,x", "time_sheet_wrong_hours"),
        ("2026-03-02,8:30,x", "time_sheet_wrong_hours"),
        ("2026-03-02,=8,x", "time_sheet_wrong_hours"),
        ("2026-03-02,8,", "time_sheet_wrong_task"),
        ("2026-03-02,8," + "x" * 201, "time_sheet_wrong_task"),
        ('2026-03-02,8,"two\nlines"', "time_sheet_wrong_task"),
        ("2026-03-02,8,turned \u202eround", "time_sheet_wrong_task"),
    ],
)
def test_what_is_wrong_is_told_by_row(row, code):
    read = sheet(f"date,hours,task\n2026-03-02,8,good\n{row}\n2026-03-04,8,good\n")
    assert [(wrong.number, wrong.error.code) for wrong in read.wrong] == [(2, code)]


def test_no_day_is_longer_than_a_day():
    read = sheet("date,hours,task\n2026-03-02,16,x\n2026-03-02,8,y\n2026-03-02,0.25,z\n")
    assert [(wrong.number, wrong.error.code) for wrong in read.wrong] == [(3, "time_sheet_day_too_long")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"date,hours\n2026-03-02,8\n",
        b"date,hours,task,task\n",
        b"date,date,task\n2026-03-02,8,x\n",
        b"date,hours,task\n",
        b"date,hours,task\n\xff,8,x\n",
        b'date,hours,task\n"2026-03-02,8,x\n',
        b"date,hours,task\n2026-03-02,8,\x00\n",
        b"no table at all",
    ],
)
def test_what_is_no_time_sheet_is_refused_as_a_whole(data):
    with pytest.raises(MalformedTimeSheet):
        read_time_sheet(data, TODAY)


def test_a_sheet_has_a_row_too_many_or_is_too_long():
    rows = "2026-03-02,0.01,x\n" * CONFIRMATION.rows
    assert len(sheet(f"date,hours,task\n{rows}").rows) == CONFIRMATION.rows
    with pytest.raises(TimeSheetTooLong):
        sheet(f"date,hours,task\n{rows}2026-03-02,0.01,x\n")
    with pytest.raises(TimeSheetTooLong):
        read_time_sheet(b"date,hours,task\n" + b" " * CONFIRMATION.sheet, TODAY)


def test_of_many_wrong_rows_the_first_are_told():
    read = sheet("date,hours,task\n" + "x,8,y\n" * 100)
    assert [wrong.number for wrong in read.wrong] == list(range(1, CONFIRMATION.wrong_rows + 1))


@pytest.mark.parametrize("task", ['=HYPERLINK("https://x.example")', "+1", "-1", "@SUM(A1)", " =1+1"])
def test_no_cell_that_goes_out_begins_a_formula(task):
    made = io.StringIO()
    csv.writer(made).writerows([("date", "hours", "task"), ("2026-03-02", "8", task)])
    written = write_time_sheet(sheet(made.getvalue()))
    (_, row) = csv.reader(io.StringIO(written.decode()))
    assert row[2] == f"'{task.strip()}"
    assert row[:2] == ["2026-03-02", "8"]


def test_a_sheet_is_written_in_one_form_and_read_again_the_same():
    read = sheet(GOOD)
    written = write_time_sheet(read)
    assert (
        written
        == b"date,hours,task\r\n2026-03-02,8,baking bread\r\n2026-03-03,7.5,cleaning\r\n2026-03-03,0.5,counting\r\n"
    )
    assert read_time_sheet(written, TODAY) == read


# photos


def photo(kind="JPEG", size=(64, 32), mode="RGB", **options):
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode != "L" else 90).save(made, kind, **options)
    return made.getvalue()


def with_place():
    exif = Image.Exif()
    exif[0x010F] = "A camera that names its owner"
    exif[0x0112] = 6  # it was held upright
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 12.0)
    return photo(exif=exif)


def test_a_photo_says_no_longer_where_it_was_taken():
    dirty = with_place()
    assert b"camera" in dirty
    clean = clean_photo(dirty)
    with Image.open(io.BytesIO(clean)) as seen:
        assert dict(seen.getexif()) == {}
        assert seen.size == (32, 64), "it stands as it was held"
        assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"camera" not in clean
    assert b"Exif" not in clean


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("WEBP", "RGB"), ("JPEG", "L")]
)
def test_every_kind_of_photo_becomes_plain_pixels(kind, mode):
    with Image.open(io.BytesIO(clean_photo(photo(kind, mode=mode)))) as seen:
        assert (seen.format, seen.mode, seen.size) == ("JPEG", "RGB", (64, 32))


def test_what_hides_behind_the_pixels_is_left_behind():
    clean = clean_photo(photo() + b"PK\x03\x04<script>alert(1)</script>")
    assert b"script" not in clean


def test_a_large_photo_is_made_smaller():
    with Image.open(io.BytesIO(clean_photo(photo(size=(5_000, 1_000))))) as seen:
        assert max(seen.size) == CONFIRMATION.side


def test_a_photo_bomb_is_refused_by_its_header(monkeypatch):
    small = photo("PNG")
    header = bytearray(small)
    header[16:24] = (50_000).to_bytes(4) + (50_000).to_bytes(4)
    import zlib

    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4)
    with pytest.raises(PhotoTooLarge):
        clean_photo(bytes(header))
    header[16:24] = (8_000).to_bytes(4) + (8_000).to_bytes(4)
    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4)
    with pytest.raises(PhotoTooLarge):
        clean_photo(bytes(header))


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff", photo()[:200], photo("PNG")[:60], b"\x89PNG\r\n\x1a\n" + b"\x00" * 64]
)
def test_a_broken_photo_is_refused(data):
    with pytest.raises(PhotoUnreadable):
        clean_photo(data)


# what a file is


def test_a_file_is_what_its_bytes_say_and_not_its_name():
    taken = take_in(photo(), "sheet.csv", TODAY)
    assert isinstance(taken, TakenIn)
    assert (taken.kind, taken.media_type, taken.name) == (RecordKind.PHOTO, "image/jpeg", "sheet.jpg")
    taken = take_in(GOOD.encode(), "photo.jpg", TODAY)
    assert (taken.kind, taken.media_type, taken.name) == (RecordKind.TIME_SHEET, "text/csv", "photo.csv")
    assert taken.summary == {"days": 2, "rows": 3, "hours": "16", "first": "2026-03-02", "last": "2026-03-03"}
    taken = take_in(b"%PDF-1.7 work order", "order", TODAY)
    assert (taken.kind, taken.media_type, taken.data) == (
        RecordKind.DOCUMENT,
        "application/pdf",
        b"%PDF-1.7 work order",
    )


def test_a_wrong_sheet_comes_back_with_its_rows():
    wrong = take_in(b"date,hours,task\nx,8,y\n", "march.csv", TODAY)
    assert isinstance(wrong, WrongSheet)
    assert (wrong.name, [row.number for row in wrong.rows]) == ("march.csv", [1])


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", RecordEmpty),
        (b"PK\x03\x04an archive", RecordKindUnknown),
        (b"MZ\x90\x00a program", RecordKindUnknown),
        (b"GIF89a\x01\x00", RecordKindUnknown),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", MalformedTimeSheet),
        (b"<html><script>alert(1)</script></html>", MalformedTimeSheet),
        (b"%PDF-" + b"x" * CONFIRMATION.document, RecordTooLarge),
        (b"x" * (CONFIRMATION.record + 1), RecordTooLarge),
    ],
)
def test_nothing_else_is_taken(data, error):
    with pytest.raises(error):
        take_in(data, "x", TODAY)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("C:\\work\\order 7.pdf", "C:-work-order 7.pdf"),
        ("", "record.pdf"),
        ("=cmd|calc.pdf", "cmd|calc.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', 'a"b Set-Cookie: x.pdf'),
        ("x" * 300, "x" * 80 + ".pdf"),
        ("\u202egnp.fdp", "gnp.pdf"),
    ],
)
def test_a_name_is_for_people_and_no_path(name, shown):
    assert take_in(b"%PDF-1", name, TODAY).name == shown
