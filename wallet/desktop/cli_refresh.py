"""`passport wallet refresh`: is everything in the wallet still good?"""

from passport.answers import Answer
from passport.terminal import AsJson, console, emit
from wallet.desktop.cli_base import MARKS, SPOKEN, Folder, In, Loopback, Speaker, app, opened


@app.command("refresh")
def refresh(
    folder: Folder = None,
    allow_loopback: Loopback = False,
    language: In = SPOKEN,
    as_json: AsJson = False,
) -> None:
    """Ask whether what you have is still valid, for newer trust lists, and for credentials that are late.

    Each issuer sees that its whole list is asked for, not about which credential.
    """
    from wallet.core.shelf import kept
    from wallet.core.summary import kept_json
    from wallet.desk.asking_again import ask_all
    from wallet.desk.lists import refresh as look_up

    say = Speaker(language)
    with opened(folder, allow_loopback=allow_loopback) as (desk, wallet):
        look_up(desk, wallet)
        late = ask_all(desk, wallet)
        credentials = kept(wallet)
    shown = [kept_json(one, say) for one in credentials]

    def show() -> None:
        for one, line in zip(credentials, shown, strict=True):
            console.print(f"{MARKS[one.answer]} {line.get('name', '?')}")
            for check in one.report.checks:
                if check.answer is not Answer.YES:
                    console.print(f"    {MARKS[check.answer]} {say(check.reason)}")
        for each in late:
            state = say.told("cmd-is-here" if each.received else "cmd-not-ready")
            console.print(f"{each.waiting.name}: {state}")

    answer = {
        "credentials": shown,
        "waiting": [
            {"id": each.waiting.id, "name": each.waiting.name, "received": each.received is not None}
            for each in late
        ],
    }
    emit(answer, as_json=as_json, show=show)
