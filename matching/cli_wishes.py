"""What somebody can spend on a plan and would rather do, as options of more than one command."""

from typing import Annotated

import typer

from matching.plan.catalogue import Form
from matching.plan.cover_problem import Aim

Hours = Annotated[int | None, typer.Option("--hours", min=0, help="Hours that can be spent; else no limit.")]
Euros = Annotated[int | None, typer.Option("--euros", min=0, help="Euros that can be spent; else no limit.")]
LeastOf = Annotated[Aim, typer.Option("--aim", help="What it must have least of.")]
OnlyForm = Annotated[Form | None, typer.Option("--form", help="Only at school, or only at work.")]
FromHome = Annotated[bool, typer.Option("--online", help="Only what can be done from home.")]
AlsoUseful = Annotated[bool, typer.Option("--optional", help="Also skills that are only useful.")]
