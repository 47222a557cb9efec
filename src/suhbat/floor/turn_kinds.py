"""What the floor is asked and given for, and how long a turn may be."""

SPEECH, REPLY, POINT, QUESTION = "speech", "reply", "point-of-order", "question"
USUAL = {SPEECH: 300, REPLY: 180, POINT: 120, QUESTION: 60}
"""Seconds of a turn where neither the chair nor the list's time limit says otherwise."""
LONGEST = 4 * 3600
"""Seconds of a turn at most, extensions included."""
MOST_REPLIES = 2
"""Replies of one delegation on one item at most, as the General Assembly's practice has it."""
