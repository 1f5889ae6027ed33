"""The second part: the worker sees what the credentials are worth, and which work is near."""

from passport.demo.record import Record
from passport.demo.setting import Stage
from passport.demo.skills import OCCUPATION, SELF
from passport.json import JsonObject

_SHOWN = 8


def assess(stage: Stage, record: Record) -> None:
    """What the worker says about themself: soft until somebody confirms it."""
    with record.step("the worker", "They add what they can do by their own account"):
        stage.wallet.post("/api/assess", {"skills": [skill.iri for skill in SELF]})
        record.say(", ".join(skill.label for skill in SELF))


def show_strength(stage: Stage, record: Record) -> None:
    """Strength per skill, computed from what is signed, with the reason."""
    with record.step("the worker", "The wallet shows how well each skill is proven, and why"):
        found = stage.wallet.get("/api/skills")
        rows = [
            (one["label"], one["strength"], one["reasons"][0]["text"] if one["reasons"] else "")
            for one in found["skills"]
        ]
        record.table(
            "Computed from who signed, recognised as what, by which method",
            ("skill", "strength", "why"),
            rows,
        )
        hint = next((text["text"] for one in found["skills"] for text in one["raiseBy"]), "")
        if hint:
            record.say(f"What would make a soft skill stronger: {hint}")
        record.facts(
            counts=found["counts"], skills={one["skill"]: one["strength"] for one in found["skills"]}
        )


def match_occupations(stage: Stage, record: Record) -> None:
    """All occupations ranked on the device; one of them opened up."""
    with record.step("the worker", "The wallet ranks every ESCO occupation, on the device"):
        found = stage.wallet.post("/api/match", {"most": _SHOWN})
        rows = [
            (
                str(match["place"]),
                match["label"],
                f"{match['essential']['met']} of {match['essential']['of']}",
                f"{match['score']:.3f}",
            )
            for match in found["matches"]
        ]
        record.table(
            f"The first {_SHOWN} of {found['occupations']}",
            ("", "occupation", "essential skills", "score"),
            rows,
        )
        record.facts(occupations=found["occupations"], best=found["matches"][0]["occupation"])
    with record.step("the worker", "They open one: what fits, what is missing, what is extra"):
        compared = stage.wallet.post("/api/match", {"occupation": OCCUPATION})
        _compared(record, compared)


def match_profile(stage: Stage, record: Record, profile: JsonObject) -> None:
    """The employer's signed function profile, matched on the device before anything is sent."""
    with record.step(
        "the worker", "The wallet matches the employer's function profile, before anything is sent"
    ):
        compared = stage.wallet.post("/api/match", {"profile": profile})
        _compared(record, compared)


def _compared(record: Record, compared: JsonObject) -> None:
    essential = compared["essential"]
    record.say(f"{compared['label']}: {essential['met']} of {essential['of']} required skills")
    rows = [
        (
            name,
            str(sum(one["required"] for one in compared[name])) if name != "surplus" else "",
            str(len(compared[name])),
            ", ".join(one["label"] for one in compared[name][:4]),
        )
        for name in ("overlap", "shortage", "surplus")
    ]
    record.table("In skills", ("", "required", "in all", "for example"), rows)
    record.facts(
        essential=essential, **{name: len(compared[name]) for name in ("overlap", "shortage", "surplus")}
    )
