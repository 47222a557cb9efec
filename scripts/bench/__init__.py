"""The register of the benchmark's parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    label: str
    value: str
    target: str = ""
    note: str = ""


Measure = Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Part:
    """One part of the benchmark."""

    title: str
    measure: Measure
    order: int


PARTS: dict[str, Part] = {}


def part(name: str, title: str, order: int = 50) -> Callable[[Measure], Measure]:
    """Register a part; those of a lower order run first."""

    def register(measure: Measure) -> Measure:
        PARTS[name] = Part(title, measure, order)
        return measure

    return register


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def both(values: list[float]) -> str:
    """p50 and p99 of values in seconds, in milliseconds."""
    return f"{percentile(values, 0.5) * 1000:.1f} / {percentile(values, 0.99) * 1000:.1f} ms"
