"""`passport issue`: sign an achievement credential with a key file."""

from pathlib import Path
from typing import Annotated

import typer

from passport.clock import utc_now
from passport.credentials import parse_credential
from passport.dids.did_key import create_did_key, key_method_id
from passport.errors import Invalid
from passport.json import dump, parse_object
from passport.jsonld.screen import check_structure
from passport.key_files import load_key_file
from passport.proofs import add_proof
from passport.terminal import AsJson, File, console, emit, read_file


class IssuerIsAnother(Invalid):
    code = "issuer_is_another"
    sentence = "The credential names another issuer than this key. Give --method."


def issue(
    credential: File,
    key: Annotated[Path, typer.Option("--key", exists=True, dir_okay=False, help="The issuer's key file.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write it.")] = None,
    method: Annotated[str, typer.Option(help="Verification method, for an issuer with did:web.")] = "",
    cryptosuite: Annotated[str, typer.Option(help="eddsa-rdfc-2022 or eddsa-jcs-2022.")] = "eddsa-rdfc-2022",
    *,
    as_json: AsJson = False,
) -> None:
    """Sign an unsigned Open Badge (JSON) and print or write the signed one."""
    document = parse_object(read_file(credential))
    parsed = parse_credential(document)
    check_structure(document)
    signer = load_key_file(key)
    verification_method = method or key_method_id(create_did_key(signer.public_key))
    if verification_method.split("#")[0] != parsed.issuer.id:
        raise IssuerIsAnother
    signed = add_proof(
        document,
        signer=signer,
        verification_method=verification_method,
        created=utc_now(),
        cryptosuite=cryptosuite,
    )
    if output is None:
        typer.echo(dump(signed))
        return
    output.write_bytes(dump(signed))
    emit(
        {"file": str(output), "id": parsed.id, "issuer": parsed.issuer.id},
        as_json=as_json,
        show=lambda: console.print(f"Signed: {output}", soft_wrap=True),
    )
