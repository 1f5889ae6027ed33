"""`passport profile`: make, sign, check, lint, try and publish function profiles."""

import typer

from passport.cli import profile_make, profile_publish, profile_reach

app = typer.Typer(no_args_is_help=True)
app.command("make")(profile_make.make)
app.command("sign")(profile_make.sign)
app.command("check")(profile_publish.check)
app.command("lint")(profile_publish.lint_command)
app.command("reach")(profile_reach.reach)
app.command("publish")(profile_publish.publish)
