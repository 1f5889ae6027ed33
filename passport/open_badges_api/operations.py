"""The operations as OpenAPI: the specification's own paths, names and statuses (sections 6.2 and 6.3)."""

from collections.abc import Collection

from passport.json import JsonObject
from passport.open_badges_api.scopes import BadgeScope

_SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_"
_JSON, _TEXT = "application/json", "text/plain"
_CREDENTIAL, _LIST = "achievementcredential", "getopenbadgecredentialsresponse"
_PROFILE, _STATUS = "profile", "imsx_statusinfo"
_QUERY = (
    ("limit", {"type": "integer", "format": "int32", "minimum": 1}),
    ("offset", {"type": "integer", "format": "int32", "minimum": 0}),
    ("since", {"type": "string", "format": "date-time"}),
)


def operations(scopes: Collection[str]) -> JsonObject:
    """`paths`, with the operations that one of these scopes opens, and discovery."""
    paths: dict[str, JsonObject] = {
        "/discovery": {"get": _operation("getServiceDescription", None, {"200": {_JSON: {"type": "object"}}})}
    }
    listed = {_JSON: _schema(_LIST)}
    credential: JsonObject = {_JSON: _schema(_CREDENTIAL), _TEXT: {"type": "string"}}
    profile: JsonObject = {_JSON: _schema(_PROFILE)}
    for scope, path, method, operation in (
        (
            BadgeScope.CREDENTIAL_READONLY,
            "/credentials",
            "get",
            _operation("getCredentials", BadgeScope.CREDENTIAL_READONLY, {"200": listed})
            | {"parameters": [{"name": name, "in": "query", "schema": kind} for name, kind in _QUERY]},
        ),
        (
            BadgeScope.CREDENTIAL_UPSERT,
            "/credentials",
            "post",
            _operation(
                "upsertCredential",
                BadgeScope.CREDENTIAL_UPSERT,
                {"200": credential, "201": credential, "202": {_JSON: _schema(_STATUS)}, "304": {}},
            )
            | {"requestBody": {"required": True, "content": _content(credential)}},
        ),
        (
            BadgeScope.PROFILE_READONLY,
            "/profile",
            "get",
            _operation("getProfile", BadgeScope.PROFILE_READONLY, {"200": profile}),
        ),
    ):
        if scope in scopes:
            paths.setdefault(path, {})[method] = operation
    return {"paths": dict(paths)}


def _operation(name: str, scope: str | None, answers: dict[str, JsonObject]) -> JsonObject:
    refused = {"description": "Refused.", "content": _content({_JSON: _schema(_STATUS)})}
    responses: JsonObject = {
        status: {"description": "Done.", "content": _content(content)} for status, content in answers.items()
    }
    responses["default"] = refused
    written: JsonObject = {"operationId": name, "responses": responses}
    if scope is not None:
        written["security"] = [{"OAuth2ACG": [scope]}]
    return written


def _content(schemas: JsonObject) -> JsonObject:
    return {media_type: {"schema": schema} for media_type, schema in schemas.items()}


def _schema(name: str) -> JsonObject:
    return {"$ref": f"{_SCHEMAS}{name}_schema.json"}
