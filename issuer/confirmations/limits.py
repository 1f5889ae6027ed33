"""Limits of the confirmation room, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConfirmationLimits:
    skills: int = 16
    """Skills that one supervisor is asked about: on a phone, in three minutes."""
    open_requests: int = 5
    """Requests of one holder that are open at one organisation."""
    open_requests_here: int = 1_000
    """Requests that are open at one organisation: holders cost nothing, so theirs alone bounds nothing."""
    open_invitations: int = 10
    """Invitations of one mailbox that are open, or were withdrawn within their lifetime: beyond those the
    coordinator looks first, for more may be a flood."""
    lifetime: int = 1_209_600
    """Seconds (14 days) that an invitation can be used."""
    reminder: int = 604_800
    """Seconds (7 days) after which an invited person is reminded, once."""
    unanswered: int = 7_776_000
    """Seconds (90 days) after which a request that nobody invited anybody for is over."""
    link_bytes: int = 16
    """Random bytes of a link: 128 bits can't be guessed."""
    code_digits: int = 6
    """What a person types over from a mail."""
    code_lifetime: int = 600
    """Seconds that a code from a mail can be used."""
    code_tries: int = 5
    """Of a million codes; then the code is void."""
    codes: int = 5
    """Codes that are mailed for one invitation: whoever has only the link can't flood a mailbox, and with
    all tries has a chance of 1 in 40,000."""
    session: int = 7_200
    """Seconds from the code to sending: somebody who has to look for time sheets."""
    message: int = 1_000
    """Characters of what the worker writes to the supervisor."""
    text: int = 2_000
    """Characters of what the supervisor writes, or of a reason: half a page."""
    role: int = 100
    """Characters of a role: "team leader of the bakery"."""
    records: int = 6
    """Files with one confirmation."""
    numbers: int = 24
    """Files ever sent for one confirmation, those that were taken away again among them."""
    record: int = 8_388_608
    """Bytes of one file as it is sent: a photo of a phone is 3 to 6 MB. What is kept is smaller."""
    document: int = 2_097_152
    """Bytes of a PDF."""
    whole_pixels: int = 16_000_000
    """Of a PNG or WebP, which are decoded whole: 40 million of WebP take 650 MB. Screens have 8."""
    pixels: int = 40_000_000
    """Of a photo, decoded in memory: cameras of phones have 12 to 24 million, some 48 in one mode."""
    side: int = 2_048
    """Pixels of a kept photo's longer side: writing on a work order stays readable."""
    sheet: int = 262_144
    """Bytes of a time sheet: 2,000 rows of 130."""
    rows: int = 2_000
    """Rows of a time sheet: four years of days with two tasks."""
    task: int = 200
    """Characters of a task."""
    wrong_rows: int = 20
    """Wrong rows that are told at a time."""
    request: int = 6_815_744
    """Bytes of a request: a presentation of 1 MiB, and four files of 1 MiB as base64url."""
    values: int = 65_536
    """Commas and opening brackets of a request: its bytes are files, its presentation has a few thousand."""
    request_string: int = 1_398_102
    """Characters of its longest string: 1 MiB as base64url."""
    sent_along: int = 4
    """Files of the claim that the worker sends along."""
    sent_along_size: int = 1_048_576
    """Bytes of each of them."""
    allowed: int = 200
    """Domains and addresses that an organisation invites at by itself."""
    retention: int = 90
    """Days that files stay after the end, so that the worker can fetch them. An organisation may say less."""
    form: int = 9_437_184
    """Bytes of a form with one file: 8 MiB, and room for its fields."""


CONFIRMATION = ConfirmationLimits()
