"""`passport trust`: make, sign, check, compare, publish and read lists of who is recognised as what."""

import typer

from passport.cli import trust_make, trust_publish, trust_show

app = typer.Typer(no_args_is_help=True)
app.command("make")(trust_make.make)
app.command("sign")(trust_make.sign)
app.command("check")(trust_show.check)
app.command("diff")(trust_publish.diff)
app.command("publish")(trust_publish.publish)
app.command("show")(trust_show.show)
