"""Commands: serve runs the service; the others ask a running one."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from passport.json import dump, parse_object
from passport.limits import PUBLISHED
from passport.service_client import ServiceClient
from passport.service_secrets import make_secrets, new_key_file
from passport.terminal import AsJson, console, emit, read_file
from verifier.cli.client import KeyFile, Url

app = typer.Typer(no_args_is_help=True, help="Run a verifier and work with it.")
employer = typer.Typer(no_args_is_help=True, help="Employers.")
profile = typer.Typer(no_args_is_help=True, help="Function profiles.")
trust = typer.Typer(no_args_is_help=True, help="Trust lists.")
app.add_typer(employer, name="employer")
app.add_typer(profile, name="profile")
app.add_typer(trust, name="trust")

_URL = "http://localhost:8102"
_WORDS = {"yes": "[green]✔ met[/]", "no": "[red]✘ not met[/]", "cannot-tell": "[yellow]? cannot tell[/]"}
_MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".txt": "text/plain",
}
_PICTURE = 8_388_608


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8102,
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing: work from memory.")] = False,
) -> None:
    """Run the service. Settings come from the environment: PASSPORT_VERIFIER_…"""
    from passport.web import read_settings
    from passport.web import serve as run
    from verifier.app import create
    from verifier.settings import Settings

    settings = read_settings(Settings, **({"offline": True} if offline else {}))
    make_secrets({"master secret": settings.master_secret, "bootstrap secret": settings.bootstrap_secret})
    run(create(settings), host=host, port=port)


@app.command()
def certificate(
    host: Annotated[str, typer.Argument(help="The service's host name, without a port.")],
    folder: Annotated[Path, typer.Argument(help="Where the files go.", file_okay=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """Make a certificate to try out x509_hash and HAIP with. Nobody but you trusts it; it lasts 90 days."""
    from passport.clock import utc_now
    from verifier.certificate import make_certificate

    own, key, authority = make_certificate(folder, host, utc_now())
    made = {"certificate": str(own), "key": str(key), "authority": str(authority)}
    told = (
        f"PASSPORT_VERIFIER_CERTIFICATE_FILE={own}\nPASSPORT_VERIFIER_CERTIFICATE_KEY_FILE={key}\n"
        f"For development only. A wallet has to trust {authority}."
    )
    emit(made, as_json=as_json, show=lambda: console.print(told))


@employer.command("create")
def create_employer(
    slug: Annotated[str, typer.Argument(help="Short name, part of the DID for ever.")],
    name: Annotated[str, typer.Argument(help="Full name.")],
    secret: Annotated[
        Path, typer.Option("--bootstrap-secret", exists=True, help="The service's bootstrap secret file.")
    ],
    key_file: Annotated[
        Path | None, typer.Option("--key-file", help="Write the API key here (0600).")
    ] = None,
    *,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Make an employer. Its API key is told once, here."""
    with new_key_file(key_file) as write:
        made = ServiceClient(url, secret).post("/api/employers", {"slug": slug, "name": name})
        if write:
            write(made.pop("apiKey"))
    told = f"The API key is in {key_file}." if key_file else f"API key: {made['apiKey']}"
    emit(made, as_json=as_json, show=lambda: console.print(f"{made['did']}\n{told}"))


@profile.command("publish")
def publish_profile(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="JSON: key, name, taxonomy, demands (docs/getting-started.md)."
        ),
    ],
    api_key: KeyFile,
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish it although nobody can meet it as it is.")
    ] = False,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Sign and publish a function profile, as the next version under its key."""
    asked = parse_object(read_file(file)) | ({"publishWithErrors": True} if anyway else {})
    made = ServiceClient(url, api_key).post("/api/profiles", asked)
    emit(made, as_json=as_json, show=lambda: _print_published(made))


@profile.command("lint")
def lint_profile(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, help="JSON: key, name, demands (docs/function-profiles.md)."
        ),
    ],
    api_key: KeyFile,
    *,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Say what nobody can meet in a profile, and what it asks too much. Ends with 1 for errors."""
    found = ServiceClient(url, api_key).post("/api/profiles/lint", parse_object(read_file(file)))
    emit(found, as_json=as_json, show=lambda: _print_findings(found["findings"]))
    if found["errors"]:
        raise typer.Exit(1)


def _print_published(made: Any) -> None:
    _print_findings(made["findings"])
    console.print(made["url"], markup=False)


def _print_findings(findings: list[Any]) -> None:
    for each in findings:
        console.print(f"{each['severity']:8} {each['sentence']}", markup=False)


@app.command("request")
def request_(
    asked: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile's key.")],
    api_key: KeyFile,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The request, for a wallet to open.")] = Path(
        "request.json"
    ),
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Ask whoever is there to show what a profile asks. Its page has it as a QR code, and the answer."""
    made = ServiceClient(url, api_key).post("/api/requests", {"profile": asked})
    output.write_bytes(dump(made["request"]))
    emit(
        made,
        as_json=as_json,
        show=lambda: console.print(
            f"{made['page']}\nThe request is in {output}, until {made['validUntil']}."
        ),
    )


@trust.command("add")
def add_trust_list(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A signed trust list.")],
    api_key: KeyFile,
    *,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Take a trust list of a publisher that the service goes by."""
    client = ServiceClient(url, api_key)
    taken = client.upload("/api/trust-lists", read_file(file, PUBLISHED.size), "application/json")
    emit(
        taken,
        as_json=as_json,
        show=lambda: console.print(f"{taken['id']}, version {taken['version']}", markup=False),
    )


@app.command()
def verify(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="JSON, text or pictures of QR codes.")
    ],
    api_key: KeyFile,
    *,
    request: Annotated[str | None, typer.Option(help="The request that this answers.")] = None,
    asked: Annotated[str | None, typer.Option("--profile", help="Compare with this profile.")] = None,
    url: Url = _URL,
    as_json: AsJson = False,
) -> None:
    """Check presentations and print their reports.

    Ends with 1 unless all are genuine and meet what is asked.
    """
    client = ServiceClient(url, api_key)
    query = urlencode({"request": request} if request else {"profile": asked} if asked else {})
    reports = [
        client.upload(
            f"/api/presentations?{query}",
            read_file(path, _PICTURE),
            _MEDIA_TYPES.get(path.suffix.lower(), "application/json"),
        )
        for path in files
    ]
    emit(reports, as_json=as_json, show=lambda: _print(reports))
    if any(each["verdict"] != "genuine" or each["met"] not in {None, "yes"} for each in reports):
        raise typer.Exit(1)


def _print(reports: list[Any]) -> None:
    for report in reports:
        _print_report(report)


def _print_report(report: Any) -> None:
    console.print(f"\n[bold]{report['verdict']}[/]  {report['checkedAt']}", markup=True)
    for check in report["checks"]:
        if check["answer"] != "yes" and check["reason"]["code"] != "not_checked":
            console.print(f"  {check['reason']['sentence']}")
    for each in report["demands"]:
        console.print(f"  {_WORDS[each['answer']]}  {each['strength'] or '-':9}", end=" ", markup=True)
        console.print(each["label"], markup=False)
        for reason in each["reasons"]:
            console.print(f"      {reason['sentence']}", markup=False)
    if not report["demands"]:
        for each in report["skills"]:
            console.print(f"  {each['strength']:9} {each['label']} ({each['answer']})", markup=False)
