"""The chair opens the discussion to all, and ends it."""


def test_the_open_discussion_begins_and_ends_by_the_chair(in_session):
    in_session("chair", "floor.opened_to_all")
    in_session("chair", "floor.closed_to_all")
    in_session("kz", "floor.requested", kind="speech")
