"""JSON Schemas of the bodies of entries, for programs that check or mirror the record."""

import msgspec

from suhbat.acts.bodies import schema_of
from suhbat.acts.registry import REGISTRY


def entry_schemas() -> bytes:
    """The schema of each act's body in the present version, as JSON."""
    body_types = {name: act.body_type for name, act in sorted(REGISTRY.items()) if act.body_type}
    return msgspec.json.encode({name: schema_of(name, body_type) for name, body_type in body_types.items()})
