"""Type metadata for the form dc+sd-jwt (SD-JWT VC, section 6): what a wallet shows of a credential type."""

from passport.json import JsonObject

_SKILLS = ["credentialSubject", "achievement", "alignment", None]
LABELS: tuple[tuple[list[str | None], str, str, str], ...] = (
    (["credentialSubject", "achievement", "name"], "never", "Achievement", "Prestatie"),
    (["issuer", "name"], "never", "Issuer", "Uitgever"),
    ([*_SKILLS, "targetName"], "never", "Skill", "Vaardigheid"),
    (["credentialSubject", "result", None, "value"], "allowed", "Result", "Resultaat"),
)
"""Path (section 6.6.1; null is every element), whether it may be left out, label in English and in Dutch."""


def type_metadata(achievement: JsonObject, vct: str) -> JsonObject:
    """The metadata of an achievement's credentials. Each skill may be shown or left out by itself."""
    name, description = str(achievement["name"]), str(achievement["description"])
    return {
        "vct": vct,
        "name": name,
        "description": description,
        "display": [{"locale": locale, "name": name, "description": description} for locale in ("en", "nl")],
        "claims": [
            {"path": _SKILLS, "sd": "always"},
            *(
                {
                    "path": path,
                    "sd": disclosure,
                    "display": [{"locale": "en", "label": english}, {"locale": "nl", "label": dutch}],
                }
                for path, disclosure, english, dutch in LABELS
            ),
        ],
    }
