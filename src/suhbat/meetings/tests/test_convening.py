"""The secretariat convenes: what it writes down, and what it is not allowed to write."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Meeting


def test_a_video_meeting_of_six_is_convened_with_the_chair_first(house, convene):
    made = convene(house)
    with house.database.reading() as session:
        meeting = session.get(Meeting, made.meeting)
        assert (meeting.status, meeting.opens_at, meeting.starts) == (
            "convened", "2020-08-11T09:00:00.000000Z", "2020-08-11",
        )  # fmt: skip
        assert [each.state for each in meeting.delegations] == ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
        assert [item.title for item in meeting.agenda] == [
            "Public health", "Return of citizens", "Projects of trade and investment",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closes": "2020-08-11T17:00"}, "closes"),
        ({"closes": "2020-08-11T18:00"}, "closes"),
        ({"closes": "2020-10-11T18:00"}, "closes"),
        ({"zone": "Europe/Berlin", "opens": "2020-03-29T02:30", "closes": "2020-03-29T05:00"}, "opens"),
        ({"opens": "2020-02-30T10:00"}, "opens"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"chair_state": "US"}, "chair_state"),
        ({"delegations": ["JP", "XX"]}, "delegations"),
        ({"observers": ["KZ"]}, "observers"),
        ({"mode": "in-person"}, "country"),
    ],
)
def test_what_cannot_be_is_refused_field_by_field(house, convene, given, field):
    with pytest.raises(Refused) as refusal:
        convene(house, **given)
    assert refusal.value.kind == Kind.INVALID
    assert field in refusal.value.fields
    with house.database.reading() as session:
        assert session.query(Meeting).count() == 0
