"""`passport digest`: the digest by which one credential names another, and what that digest covers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from passport.cli import inputs
from passport.credentials import Form, credential_digest
from passport.credentials.enveloped import MEDIA_TYPES
from passport.errors import Invalid, PassportError
from passport.errors.credentials import NotACredential
from passport.securing import read_secured
from passport.terminal import AsJson, console, emit, errors, one_line
from passport.workers import Refused
from passport.workers.kinds import Kind, kind_of

COVERS: Mapping[Form, str] = {
    Form.LDP_VC: "the whole JSON with its proof, in the form of RFC 8785",
    Form.JWT_VC: "the whole token",
    Form.VC_SD_JWT: "what the issuer signed, up to the first ~; whatever parts are shown with it",
    Form.DC_SD_JWT: "what the issuer signed, up to the first ~; whatever parts are shown with it",
}
_JSON = "application/vc"


class UnsignedCredential(Invalid):
    code = "unsigned_credential"
    sentence = "This credential is not signed yet. The digest that others compute is of the signed one."


def digest(
    files: Annotated[
        list[Path],
        typer.Argument(
            callback=inputs.there,
            help="Signed credentials in any form: files, folders, .jsonl, pictures; - for standard input.",
        ),
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Print the digestMultibase of signed credentials, for relatedResource. It verifies nothing."""
    found: list[dict[str, Any]] = []
    refused = False
    for each in inputs.read(inputs.find(files)):
        try:
            if isinstance(each.source, Refused):
                raise each.source.error
            found.append({"file": each.label, **described(each.source)})
        except PassportError as error:
            refused = True
            found.append({"file": each.label, "error": {"code": error.code, "message": str(error)}})
    if not found:
        raise inputs.NothingGiven
    emit(found, as_json=as_json, show=lambda: _show(found))
    if refused:
        raise typer.Exit(1)


def described(source: bytes) -> dict[str, Any]:
    """The related resource that names a signed credential, and what its digest covers.

    Raises:
        NotACredential: a presentation, which is nobody's statement to build on.
        UnsignedCredential: JSON without a proof.
        PassportError: what reading it raises.
    """
    secured = read_secured(source)
    if kind_of(source) is Kind.PRESENTATION:
        raise NotACredential
    document = secured.document
    if secured.form is Form.LDP_VC and "proof" not in document:
        raise UnsignedCredential
    return {
        "id": document.get("id"),
        "digestMultibase": credential_digest(source),
        "mediaType": MEDIA_TYPES.get(secured.form, _JSON),
        "form": str(secured.form),
        "covers": COVERS[secured.form],
    }


def _show(found: list[dict[str, Any]]) -> None:
    for each in found:
        if "error" in each:
            errors.print(f"{one_line(each['file'])}: {each['error']['message']}", soft_wrap=True)
        else:
            console.print(f"{each['digestMultibase']}  {one_line(each['file'])}", soft_wrap=True)
            console.print(f"  {each['mediaType']}: {each['covers']}", soft_wrap=True)
