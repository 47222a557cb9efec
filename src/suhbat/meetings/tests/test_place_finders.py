"""Seats are in a lower layer and find meetings and formats by their ids."""

from suhbat.acts.place_finders import find_place


def test_seats_find_the_names_of_a_meeting_and_a_format(app, convene):
    talks = convene(app, observers=["US"])
    with app.database.reading() as session:
        meeting, format_ = find_place(session, talks.meeting), find_place(session, "ca-japan")
        assert meeting is not None
        assert format_ is not None
        assert (meeting.title, meeting.chair, meeting.states[0], meeting.observers) == (
            "Special video conference", "JP", "JP", ("US",),
        )  # fmt: skip
        assert (format_.title, len(format_.states)) == ("Central Asia plus Japan Dialogue", 6)
        assert find_place(session, "") is None
        assert find_place(session, "ca-japan/other") is None
