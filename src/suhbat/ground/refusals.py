"""Refusals of five kinds, each with its HTTP status and a reason in the reader's language."""

from enum import StrEnum

from suhbat.ground.language import Lazy, lazy


class Kind(StrEnum):
    """The kind of a refusal."""

    NOT_ALLOWED = "not-allowed"
    OUT_OF_ORDER = "out-of-order"
    INVALID = "invalid"
    CONFLICT = "someone-else-first"
    NOT_FOUND = "not-found"


STATUS = {Kind.NOT_ALLOWED: 403, Kind.OUT_OF_ORDER: 409, Kind.INVALID: 422, Kind.CONFLICT: 409, Kind.NOT_FOUND: 404}


class Refused(Exception):  # noqa: N818 (a refusal is no error of the program)
    """An act or a page is refused. `why` is the reason for the actor; `fields` has a reason for each wrong field."""

    def __init__(self, kind: Kind, why: Lazy | str, fields: dict[str, Lazy | str] | None = None) -> None:
        super().__init__(str(why))
        self.kind, self.why, self.fields = kind, why, fields or {}

    def __reduce__(self) -> tuple[type["Refused"], tuple[Kind, Lazy | str, dict[str, Lazy | str]]]:
        """How a refusal is pickled, to be sent between processes."""
        return Refused, (self.kind, self.why, self.fields)

    @property
    def status(self) -> int:
        """The HTTP status of this kind."""
        return STATUS[self.kind]


def not_allowed(why: Lazy | str = lazy("This is not for your seat to do.")) -> Refused:
    """A refusal: the actor may not do this."""
    return Refused(Kind.NOT_ALLOWED, why)


def out_of_order(why: Lazy | str) -> Refused:
    """A refusal: the actor may do this, but not now."""
    return Refused(Kind.OUT_OF_ORDER, why)


def invalid(**fields: Lazy | str) -> Refused:
    """A refusal of values, with one reason per field (write `amount__value` for `amount.value`)."""
    reasons = {name.replace("__", "."): why for name, why in fields.items()}
    return Refused(Kind.INVALID, lazy("Please correct the marked fields."), reasons)


def conflict(why: Lazy | str = lazy("Someone else was first. Look again and decide again.")) -> Refused:
    """A refusal: what the actor saw has changed since."""
    return Refused(Kind.CONFLICT, why)


def not_found(why: Lazy | str = lazy("There is nothing at this address.")) -> Refused:
    """A refusal: there is nothing of this name, or nothing that this reader may know of."""
    return Refused(Kind.NOT_FOUND, why)
