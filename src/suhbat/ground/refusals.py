"""Why something is refused: five kinds, each in the reader's language, each with its HTTP status."""

from enum import StrEnum

from suhbat.ground.language import Lazy, lazy


class Kind(StrEnum):
    """The kinds of refusal."""

    NOT_ALLOWED = "not-allowed"
    OUT_OF_ORDER = "out-of-order"
    INVALID = "invalid"
    CONFLICT = "someone-else-first"
    NOT_FOUND = "not-found"


STATUS = {Kind.NOT_ALLOWED: 403, Kind.OUT_OF_ORDER: 409, Kind.INVALID: 422, Kind.CONFLICT: 409, Kind.NOT_FOUND: 404}


class Refused(Exception):  # noqa: N818 (a refusal is no error of the program)
    """An act or a page is refused. `why` is for the actor; `fields` says field by field what is wrong."""

    def __init__(self, kind: Kind, why: Lazy | str, fields: dict[str, Lazy | str] | None = None) -> None:
        super().__init__(str(why))
        self.kind, self.why, self.fields = kind, why, fields or {}

    def __reduce__(self) -> tuple[type["Refused"], tuple[Kind, Lazy | str, dict[str, Lazy | str]]]:
        """A refusal travels whole from the process in which it was found."""
        return Refused, (self.kind, self.why, self.fields)

    @property
    def status(self) -> int:
        """The HTTP status of this kind."""
        return STATUS[self.kind]


def not_allowed(why: Lazy | str = lazy("This is not for your seat to do.")) -> Refused:
    """The actor may not."""
    return Refused(Kind.NOT_ALLOWED, why)


def out_of_order(why: Lazy | str) -> Refused:
    """The actor may, but not now."""
    return Refused(Kind.OUT_OF_ORDER, why)


def invalid(**fields: Lazy | str) -> Refused:
    """What was given does not fit; one reason per field (write `amount__value` for `amount.value`)."""
    named = {name.replace("__", "."): why for name, why in fields.items()}
    return Refused(Kind.INVALID, lazy("Some of what was given does not fit."), named)


def conflict(why: Lazy | str = lazy("Someone else was first. Look again and decide anew.")) -> Refused:
    """What the actor saw is no longer so."""
    return Refused(Kind.CONFLICT, why)


def not_found(why: Lazy | str = lazy("There is no such thing here.")) -> Refused:
    """Nothing of that name, or nothing that this reader may know of."""
    return Refused(Kind.NOT_FOUND, why)
