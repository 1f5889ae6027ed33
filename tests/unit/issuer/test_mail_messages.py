"""What a mail may be, and how it goes out: into a folder, or in a real SMTP conversation."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from issuer.mail import Mail
from issuer.mail.address import is_domain, parse_address
from issuer.mail.errors import (
    MailRefused,
    MailSettingsUnusable,
    MailUnavailable,
    MalformedAddress,
    MalformedMail,
)
from issuer.mail.message import written
from issuer.mail.transport import FolderOutbox, Security, SmtpServer, read_password
from issuer.settings import Settings
from passport.errors.storage import SecretFileUnusable
from tests.simulators.post_office import post_office, self_signed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TO, SENDER = "supervisor@employer.example", "no-reply@employer.example"
MAIL = Mail(
    TO, "Bakkerij Noord: iemand vraagt u iets", "Een link:\n\nhttps://employer.example/confirm/x\n" + "é" * 90
)
MESSAGE = written(MAIL, sender=SENDER, message_id="m@employer.example", at=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "a@b.example",
        "first.last+tag@Sub.Employer.Example",
        "o'neill@employer.example",
        "x" * 64 + "@b.example",
    ],
)
def test_plain_addresses_are_read(text):
    assert str(parse_address(text)).lower() == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@",
        "@b.example",
        "a@b",
        "a@b..example",
        "a@-b.example",
        "a@b.example.",
        ".a@b.example",
        "a.@b.example",
        "a..b@b.example",
        "a b@b.example",
        "a@b@c.example",
        '"a b"@b.example',
        "a@[127.0.0.1]",
        "a(comment)@b.example",
        "A <a@b.example>",
        "a@b.example,c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\n",
        "a\x00@b.example",
        "a@bücher.example",
        "é@b.example",
        "a@b.example\u2028",
        "x" * 65 + "@b.example",
        "a@" + "b" * 64 + ".example",
        "a@" + ".".join(["bcdefgh"] * 33),
    ],
)
def test_any_other_address_is_refused(text):
    with pytest.raises(MalformedAddress):
        parse_address(text)
    with pytest.raises(MalformedAddress):
        Mail(text, "subject", "text")


def test_of_an_address_a_page_shows_one_letter_and_the_domain():
    assert parse_address(TO).masked == "s…@employer.example"


@pytest.mark.parametrize(
    ("text", "is_one"), [("employer.example", True), ("example", False), ("a@b.example", False)]
)
def test_a_domain_is_told_from_an_address(text, is_one):
    assert is_domain(text) is is_one


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("", "text"),
        ("x", ""),
        ("x\nBcc: other@employer.example", "text"),
        ("x\r\nBcc: other@employer.example", "text"),
        ("x\rBcc: other@employer.example", "text"),
        ("x\u2028y", "text"),
        ("x\x00", "text"),
        ("x\u202e", "text"),
        ("x" * 201, "text"),
        ("x", "t\x00"),
        ("x", "t\r\n"),
        ("x", "t" * 4_001),
    ],
)
def test_a_line_break_in_a_header_makes_no_other_header(subject, text):
    with pytest.raises(MalformedMail):
        Mail(TO, subject, text)


def test_a_repr_shows_nobody():
    assert TO not in repr(MAIL)
    assert "confirm" not in repr(MAIL)


def test_a_mail_is_read_back_as_it_was_meant():
    read = message_from_bytes(MESSAGE, policy=policy.default)
    assert read["To"] == TO
    assert read["From"] == SENDER
    assert read["Subject"] == MAIL.subject
    assert read["Message-ID"] == "<m@employer.example>"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read.get_content().split() == MAIL.text.split()
    assert all(len(line) < 100 for line in MESSAGE.splitlines())


def test_a_folder_takes_a_mail_once_and_shows_it_to_its_owner_alone(tmp_path):
    outbox = FolderOutbox(tmp_path / "outbox")
    for _ in range(2):
        outbox.deliver("m1", SENDER, TO, MESSAGE)
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.name == "m1.eml"
    assert file.read_bytes() == MESSAGE
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path):
    (tmp_path / "outbox").write_text("a file, no folder")
    with pytest.raises(MailUnavailable):
        FolderOutbox(tmp_path / "outbox").deliver("m1", SENDER, TO, MESSAGE)


def test_a_server_on_this_machine_is_handed_the_mail():
    with post_office() as office:
        SmtpServer("localhost", office.port, Security.NONE).deliver("m", SENDER, TO, MESSAGE)
    (taken,) = office.taken
    assert taken["Subject"] == MAIL.subject
    assert f"rcpt TO:<{TO}>" in office.spoken


def test_nothing_is_said_before_the_connection_is_protected(tmp_path):
    certificate = self_signed(tmp_path)
    with post_office(certificate) as office:
        server = SmtpServer("localhost", office.port, user="employer", password="secret", ca_file=certificate)
        server.deliver("m", SENDER, TO, MESSAGE)
        assert office.taken[0]["To"] == TO
        words = [line.split()[0].upper() for line in office.spoken]
        assert words.index("STARTTLS") < words.index("AUTH") < words.index("MAIL")


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(tmp_path):
    with post_office(self_signed(tmp_path)) as office, pytest.raises(MailUnavailable):
        SmtpServer("localhost", office.port).deliver("m", SENDER, TO, MESSAGE)
    assert office.taken == []


def test_a_server_without_protection_gets_no_mail():
    with post_office() as office, pytest.raises(MailUnavailable):
        SmtpServer("localhost", office.port).deliver("m", SENDER, TO, MESSAGE)
    assert office.taken == []
    assert not any(line.upper().startswith(("MAIL", "AUTH")) for line in office.spoken)


def test_a_connection_that_is_protected_from_the_first_byte_needs_a_server_that_does_that():
    with post_office(EHLO="500 no") as office, pytest.raises(MailUnavailable):
        SmtpServer("localhost", office.port, Security.TLS).deliver("m", SENDER, TO, MESSAGE)


@pytest.mark.parametrize(
    ("verb", "reply", "error"),
    [
        ("RCPT", "550 no such mailbox", MailRefused),
        ("RCPT", "450 try later", MailUnavailable),
        ("BODY", "554 we do not like it", MailRefused),
        ("BODY", "451 try later", MailUnavailable),
        ("MAIL", "451 try later", MailUnavailable),
        ("AUTH", "535 wrong", MailUnavailable),
    ],
)
def test_a_refusal_for_good_is_told_from_one_for_a_while(verb, reply, error):
    with post_office(**{verb: reply}) as office, pytest.raises(error):
        SmtpServer("localhost", office.port, Security.NONE, "user", "word").deliver("m", SENDER, TO, MESSAGE)
    assert office.taken == []


def test_a_server_that_is_away_is_tried_again_later():
    with post_office() as office:
        gone = office.port
    with pytest.raises(MailUnavailable):
        SmtpServer("localhost", gone, Security.NONE).deliver("m", SENDER, TO, MESSAGE)


def test_a_password_stays_in_its_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("short one\n")
    file.chmod(0o600)
    server = SmtpServer("localhost", 25, password=read_password(file))
    assert server.password == "short one"
    assert "short one" not in repr(server)


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff"])
def test_a_password_file_that_cannot_be_used_is_refused(tmp_path, content):
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    with pytest.raises(SecretFileUnusable):
        read_password(file)


def test_a_password_file_that_others_can_write_is_refused(tmp_path):
    file = tmp_path / "password"
    file.write_text("word")
    file.chmod(0o666)
    with pytest.raises(SecretFileUnusable):
        read_password(file)


def test_without_a_server_mails_go_into_a_folder(tmp_path):
    settings = Settings(data_directory=tmp_path)
    assert settings.transport() == FolderOutbox(tmp_path / "outbox")
    assert settings.sender == "no-reply@localhost"


def test_a_server_is_set_up_with_a_sender_and_protection(tmp_path):
    file = tmp_path / "password"
    file.write_text("word")
    file.chmod(0o600)
    settings = Settings(
        smtp_host="mail.employer.example", mail_from=SENDER, smtp_user="u", smtp_password_file=file
    )
    assert settings.transport() == SmtpServer(
        "mail.employer.example", 587, Security.STARTTLS, "u", "word", None
    )
    local = Settings(smtp_host="localhost", mail_from=SENDER, smtp_security=Security.NONE)
    assert local.transport() == SmtpServer("localhost", 587, Security.NONE)
    with pytest.raises(MailSettingsUnusable):
        Settings(smtp_host="mail.employer.example")
    with pytest.raises(MailSettingsUnusable):
        Settings(smtp_host="mail.employer.example", mail_from=SENDER, smtp_security=Security.NONE)
    with pytest.raises(MalformedAddress):
        Settings(smtp_host="mail.employer.example", mail_from="a\nb@c.example")
