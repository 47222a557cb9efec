"""The topics of agendas, outcomes and the public record."""

from suhbat.ground.language import Lazy, lazy

TOPICS: dict[str, Lazy] = {
    "public-health": lazy("Public health"),
    "humanitarian-assistance": lazy("Humanitarian assistance"),
    "repatriation": lazy("Repatriation of citizens"),
    "regional-cooperation": lazy("Regional cooperation"),
    "trade-investment": lazy("Trade and investment"),
    "agriculture": lazy("Agriculture"),
    "business-mobility": lazy("Business mobility"),
    "transport-logistics": lazy("Transport and logistics"),
    "energy": lazy("Energy"),
    "water": lazy("Water"),
    "environment-climate": lazy("Environment and climate"),
    "disaster-risk": lazy("Disaster risk"),
    "critical-minerals": lazy("Critical minerals"),
    "digital-technology": lazy("Digital technology"),
    "development-aid": lazy("Development aid"),
    "education-people": lazy("Education and people"),
    "culture": lazy("Culture"),
    "tourism": lazy("Tourism"),
    "security-counterterrorism": lazy("Security and counter-terrorism"),
    "border-management": lazy("Border management"),
    "drugs": lazy("Drugs"),
    "afghanistan": lazy("Afghanistan"),
    "rule-of-law": lazy("Rule of law"),
    "international-order": lazy("International order"),
    "other": lazy("Other"),
}
"""The name of each topic, by its code in the public record."""


def topic_name(code: str) -> str:
    """The name of a topic; its code if it is not in the list."""
    return str(TOPICS.get(code, code))
