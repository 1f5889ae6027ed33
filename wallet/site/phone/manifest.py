"""The manifest that makes the app installable (W3C Web Application Manifest)."""

import json
from collections.abc import Mapping


def manifest(icon: str, pictures: Mapping[int, str]) -> bytes:
    """In Dutch, with English where the browser prefers that."""
    return json.dumps(
        {
            "id": "./",
            "name": "Skillspaspoort",
            "short_name": "Skillspas",
            "description": "Uw vaardigheden, bewezen en van u. / Your skills, proven and yours.",
            "lang": "nl",
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#1a4f8b",
            "icons": [
                {"src": icon, "sizes": "any", "type": "image/svg+xml"},
                *(
                    {"src": path, "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
                    for side, path in pictures.items()
                    for purpose in ("any", "maskable")
                ),
            ],
            "name_localized": {"en": "Skills passport"},
            "short_name_localized": {"en": "Passport"},
        },
        ensure_ascii=False,
        indent=1,
    ).encode()
