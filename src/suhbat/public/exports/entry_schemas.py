"""What entries of the record hold, act by act, as JSON Schemas: for whoever checks or mirrors the record."""

import msgspec

from suhbat.acts.bodies import schema_of
from suhbat.acts.registry import REGISTRY


def entry_schemas() -> bytes:
    """By act, the schema of its body in the present version, as JSON."""
    typed = {name: known.body_type for name, known in sorted(REGISTRY.items()) if known.body_type}
    return msgspec.json.encode({name: schema_of(name, kind) for name, kind in typed.items()})
