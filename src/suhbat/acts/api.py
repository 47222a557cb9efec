"""The API for programs, documented from the types that check it: `/api` for people, `/api/openapi.json` for tools."""

from typing import Any

import msgspec
from litestar import MediaType, Router, get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.checkpoint_pages import checkpoint, key
from suhbat.acts.door import find_act
from suhbat.acts.page_cache import cacheable
from suhbat.acts.registry import REGISTRY, Act
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import ROLE_NAMES, Viewer
from suhbat.ground.settings import Settings

REFUSALS = {
    "403": "This seat may not do it, or the request came from another site.",
    "404": "No such act, meeting or object, or none that the actor may know of.",
    "409": "Not in order now, or someone else was first.",
    "413": "Longer than an entry of the record may be.",
    "415": "Neither JSON nor a form.",
    "422": "Some values are wrong; `fields` has a reason for each.",
}


@get("/api/openapi.json", sync_to_thread=True)
def openapi(app: App) -> Response[bytes]:
    """Every act with its input, as an OpenAPI 3.1 document."""
    return cacheable(Response(msgspec.json.encode(document(app.settings)), media_type=MediaType.JSON))


@get("/api", sync_to_thread=True)
def api(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The page that explains how a program reads, acts and listens."""
    names = [name for name in sorted(REGISTRY) if app.settings.rehearsal or not REGISTRY[name].rehearsal]
    return cacheable(app.page(request, actor, "acts/api.html", acts=[REGISTRY[name] for name in names]))


def document(settings: Settings) -> dict[str, Any]:
    """The OpenAPI document of this installation."""
    acts = [find_act(name, settings) for name in sorted(REGISTRY) if settings.rehearsal or not REGISTRY[name].rehearsal]
    schemas, components = msgspec.json.schema_components(
        [act.input_type for act in acts], ref_template="#/components/schemas/{name}"
    )
    paths = {f"/acts/{act.name}": {"post": _operation(act, schema)} for act, schema in zip(acts, schemas, strict=True)}
    paths["/live/{format}/{meeting}"] = {"get": _LIVE}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Suhbat",
            "version": "1",
            "description": "Every official change is an act. Pages and programs send it to the same address.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.origin}],
        "tags": [{"name": name} for name in sorted({act.name.partition(".")[0] for act in acts})],
        "paths": paths,
        "components": {
            "schemas": components | _SCHEMAS,
            "securitySchemes": {"signedIn": {"type": "apiKey", "in": "cookie", "name": "suhbat"}},
        },
        "security": [{"signedIn": []}, {}],
    }


def _operation(act: Act[Any], schema: dict[str, Any]) -> dict[str, Any]:
    roles = ", ".join(sorted(str(ROLE_NAMES[role].message) for role in act.by))
    body = {"schema": schema}
    success = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Done"}}}}
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {
        "operationId": act.name,
        "tags": [act.name.partition(".")[0]],
        "summary": str(act.title.message),
        "description": f"{act.rule}\n\nBy: {roles}. Seen by: {act.audience}.",
        "parameters": [_KEY],
        "requestBody": {
            "required": True,
            "content": {"application/json": body, "application/x-www-form-urlencoded": body},
        },
        "responses": {
            "201": {"description": "The act is saved durably; this is its entry.", **success},
            "200": {"description": "The same key was sent before; this is the earlier entry.", **success},
            **{status: {"description": reason, "content": refusal} for status, reason in REFUSALS.items()},
        },
    }


_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 80},
    "description": "A request that is sent again with the same key acts once.",
}
_SCHEMAS: dict[str, Any] = {
    "Entry": {
        "type": "object",
        "description": "One act as recorded: the content of its canonical JSON (RFC 8785).",
        "required": ["act", "actor", "audience", "body", "delegation", "format", "meeting", "number", "time"],
        "properties": {
            "act": {"type": "string"},
            "actor": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "office": {"type": "string"}},
            },
            "audience": {"type": "string"},
            "body": {"type": "object"},
            "delegation": {"type": "string"},
            "format": {"type": "string"},
            "meeting": {"type": "string"},
            "number": {"type": "integer", "minimum": 1},
            "time": {"type": "string", "format": "date-time", "description": "UTC, microseconds"},
        },
    },
    "Done": {
        "type": "object",
        "required": ["entry", "reply", "repeated"],
        "properties": {
            "entry": {"$ref": "#/components/schemas/Entry"},
            "reply": {"type": "object", "description": "What only the actor gets; it is not in the record"},
            "repeated": {"type": "boolean"},
        },
    },
    "Refusal": {
        "type": "object",
        "required": ["refused", "why"],
        "properties": {
            "refused": {"enum": ["not-allowed", "out-of-order", "invalid", "someone-else-first", "not-found", "http"]},
            "why": {"type": "string", "description": "In the reader's language"},
            "fields": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    },
}
_LIVE: dict[str, Any] = {
    "operationId": "live",
    "summary": "Follow a meeting",
    "description": "Server-sent events. `entry` events carry the entry's number as their id: send the last one seen as "
    "`Last-Event-ID` (or `after`) and nothing is missed.",
    "parameters": [
        {"name": "format", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "meeting", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "after", "in": "query", "required": False, "schema": {"type": "integer", "minimum": 0}},
    ],
    "responses": {"200": {"description": "The stream", "content": {"text/event-stream": {}}}},
}

routes = Router("/", route_handlers=[openapi, api, checkpoint, key])
