"""Whatever files somebody has with credentials in them, opened together: what was found, why not the rest.

A picture is first looked into; in those that carry no badge, QR codes are looked for once it is known how
many they are. The codes of one document may stand on several pictures. An address in a code is told and never
opened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from passport.baking import FileKind, Inside, Version, credentials_in, files_in, kind_of_file
from passport.baking.collection import version_of
from passport.baking.limits import CARRIER
from passport.errors import PassportError
from passport.errors.baking import NoCredentialInside, UnpackedTooLarge
from passport.errors.web import NoQrCode
from passport.qr_text import frames_in, looks_like_frames, unpack


class Reading(Protocol):
    """Looks for QR codes in pictures that come together."""

    def texts(self, data: bytes) -> tuple[str, ...]:
        """The texts of every code in one picture; raises PictureTooLarge, NotAPicture, NoQrCode."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A credential or presentation as it stands in a file. Nothing of it is verified."""

    file: str
    source: bytes = field(repr=False)
    version: Version = Version.OB3
    printed: bool = False
    """It came as the codes that are shown or printed."""


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A file in which nothing was found that is read here."""

    file: str
    error: PassportError
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    documents: tuple[Document, ...] = ()
    refused: tuple[NotOpened, ...] = ()
    links: tuple[str, ...] = ()
    """Other texts in QR codes: the link of an offer or of a request among them."""


def open_files(
    files: Iterable[tuple[str, bytes]], text: str = "", *, reading: Callable[[int], Reading]
) -> Opened:
    """Open files, and a text that was pasted. The same document in two files is one.

    `reading` is asked to look into so many pictures.

    Raises:
        UnpackedTooLarge: more documents than limits.CARRIER.inside.
    """
    opening = _Opening(reading)
    if text.strip():
        opening.paste(text.strip())
    for name, data in files:
        opening.file(name, data)
    return opening.opened()


class _Opening:
    def __init__(self, reading: Callable[[int], Reading]) -> None:
        self._reading = reading
        self._documents: dict[bytes, Document] = {}
        self._refused: list[NotOpened] = []
        self._links: list[str] = []
        self._pictures: list[tuple[str, bytes]] = []
        """Those without a badge inside, which may show codes."""
        self._frames: list[str] = []
        self._shown_in: list[tuple[str, bytes]] = []
        """Pictures with frames: refused together where these make no document."""

    def paste(self, text: str) -> None:
        if looks_like_frames(text):
            self._frames += frames_in(text)
            self._shown_in.append(("", text.encode("utf-8", "replace")))
            return
        self._one("", text.encode("utf-8", "replace"))

    def file(self, name: str, data: bytes) -> None:
        try:
            inside = files_in(name, data)
        except PassportError as error:
            self._refused.append(NotOpened(name, error, data))
            return
        for member, content in inside:
            self._one(member, content)

    def opened(self) -> Opened:
        reading = self._reading(len(self._pictures))
        for name, data in self._pictures:
            self._scan(name, data, reading)
        if self._frames:
            name = self._shown_in[0][0]
            try:
                source = unpack(self._frames)
                self._add(name, Inside(source, version_of(source)), printed=True)
            except PassportError as error:
                self._refused += [NotOpened(name, error, data) for name, data in self._shown_in]
        return Opened(
            tuple(self._documents.values()), tuple(self._refused), tuple(dict.fromkeys(self._links))
        )

    def _one(self, name: str, data: bytes) -> None:
        try:
            for inside in self._inside(name, data):
                self._add(name, inside)
        except UnpackedTooLarge:
            raise
        except PassportError as error:
            self._refused.append(NotOpened(name, error, data))

    def _inside(self, name: str, data: bytes) -> tuple[Inside, ...]:
        kind = kind_of_file(data)
        try:
            text = data.decode("utf-8") if kind is FileKind.TEXT else ""
            if looks_like_frames(text):
                self._frames += frames_in(text)
                self._shown_in.append((name, data))
                return ()
            return credentials_in(data)
        except NoCredentialInside:
            if kind not in {FileKind.PNG, FileKind.PHOTO}:
                raise
            self._pictures.append((name, data))
            return ()
        except UnicodeDecodeError:
            raise NoCredentialInside from None

    def _scan(self, name: str, data: bytes, reading: Reading) -> None:
        try:
            texts = reading.texts(data)
        except NoQrCode:
            self._refused.append(NotOpened(name, NoCredentialInside(), data))
            return
        except PassportError as error:
            self._refused.append(NotOpened(name, error, data))
            return
        for text in texts:
            if looks_like_frames(text):
                self._frames.append(text)
                self._shown_in.append((name, data))
            else:
                self._text(name, text)

    def _text(self, name: str, text: str) -> None:
        """A credential by itself in a code, or something else."""
        try:
            found = credentials_in(text.encode("utf-8", "replace"))
        except PassportError:
            self._links.append(text)
            return
        for inside in found:
            self._add(name, inside)

    def _add(self, name: str, inside: Inside, *, printed: bool = False) -> None:
        if inside.source not in self._documents and len(self._documents) >= CARRIER.inside:
            raise UnpackedTooLarge(limit=CARRIER.inside)
        self._documents.setdefault(inside.source, Document(name, inside.source, inside.version, printed))
