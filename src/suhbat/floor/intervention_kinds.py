"""The kinds of intervention, and how long one may be."""

SPEECH, REPLY, POINT, QUESTION = "speech", "reply", "point-of-order", "question"
DEFAULT_SECONDS = {SPEECH: 300, REPLY: 180, POINT: 120, QUESTION: 60}
"""Default time in seconds, where neither the chair nor the time limit of the list says otherwise."""
MAX_SECONDS = 4 * 3600
"""Maximum time of an intervention in seconds, extensions included."""
MAX_REPLIES = 2
"""Maximum number of replies of one delegation on one item, as in the practice of the UN General Assembly."""
