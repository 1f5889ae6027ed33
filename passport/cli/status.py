"""`passport status`: what a credential's status lists say about it."""

import typer

from passport.answers import Answer
from passport.cli.sources import AllowLoopback, Offline, with_documents
from passport.clock import utc_now
from passport.terminal import MARKS, AsJson, File, console, emit, read_file
from passport.texts import Language, render_reason
from passport.verification import Context, verify_credential

app = typer.Typer(no_args_is_help=True)


@app.command("show")
def show(
    credential: File,
    *,
    offline: Offline = False,
    allow_loopback: AllowLoopback = False,
    as_json: AsJson = False,
) -> None:
    """Look a genuine credential up in every status list that it names."""
    source = read_file(credential)
    report = with_documents(
        lambda documents: verify_credential(source, Context(documents, utc_now())),
        offline=offline,
        allow_loopback=allow_loopback,
    )
    genuine = report.require()
    checks = [check for check in report.checks if check.code in {"validity_period", "status"}]

    def human() -> None:
        for check in checks:
            console.print(MARKS[check.answer], render_reason(check.reason, Language.EN), soft_wrap=True)

    emit(
        {
            "standing": genuine.standing,
            "checks": [{"code": c.code, "answer": c.answer, "reason": c.reason.code} for c in checks],
        },
        as_json=as_json,
        show=human,
    )
    if genuine.standing is not Answer.YES:
        raise typer.Exit(1)
