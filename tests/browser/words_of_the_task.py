"""The words of the tasks at a meeting, as a person would look for them on the pages. They stand here alone.

A control is found by its whole name, or by the beginning of it, or by words within it: a few telling ones are enough.
"""

# A seat
TAKE_SEAT, DEVICE, KEEP_PASSKEY = "Take the seat", "Name of this device", "Create a passkey on this device"

# The administrator
APPOINT, NAME, MAKE_LETTER = "Appoint a secretariat {}", "Name", "Invite"

# Convening
CONVENE, TITLE, LEVEL, OPENS, CLOSES = "Convene the next meeting", "Title", "Level", "Opens", "Closes"
MODE, CHAIR, AS_DRAFT = "How it meets", "In the chair", "Convene as a draft"
BY_VIDEO, SUMMIT = "by video", "Summit"
RELEASE, RELEASED = "Release it", "The convocation is released."
ADD_ITEM, ADD_IT, RELEASE_AGENDA = "Add an item", "Add it", "Release the agenda"

# Inviting
INVITE_MANY, ROWS, LOOK, INVITE_ALL = (
    "Invite many", "Or paste rows", "Look at the rows", "Invite ",
)  # fmt: skip
LANGUAGE = "Language of the letters"
BACK_TO_LIST = "Back to the list"

# The room
TAB_DESK, BACK = "Desk", "Back to the room"
GO_TO_MEETING, CHECK = "Go to the meeting", "Check camera and microphone"
SIZE, VERY_SMALL = "Size of the picture", "Very small: for a very slow line or an old machine"
JOIN, JOIN_IN_TEXT = "Join the meeting", "Join without media"
PICTURE = "Picture of {}"
OPEN_MEETING, OPENED = "Open the meeting", "The chair opens the meeting"
OPEN_ITEM, ASK, GIVE = "Open the first item", "Ask for the floor", "Give the floor to"
END_TURN, END_TURN_OF = "End my turn", "End {}’s turn"
CLOSE_MEETING, CLOSED = "Close the meeting", "The meeting is closed"

# Outcomes
OUTCOMES, PLEDGE, WHAT, FIGURES, CURRENCY = (
    "Outcomes", "Make a pledge", "What, in a few words", "Amount in figures", "Currency",
)  # fmt: skip
PRECISION, AS_SAID, CONFIRM = "Precision", "The amount as it was said", "Confirm"

# Texts
TEXTS, ALL_TEXTS, OPEN_TEXT, PARAGRAPHS = "Texts", "All texts of this meeting", "Open the text", "Paragraphs"
AT_PARAGRAPH, OWN_WORDS, PROPOSE, SUPPORT, TAKE_IN = (
    "Open, propose paragraph {}", "The paragraph as you would have it", "Propose", "Support", "Take into the text",
)  # fmt: skip
SILENCE, DEADLINE, UNDER_SILENCE, SILENCE_HELD = (
    "Put under silence", "Deadline", "under silence", "Note that the silence held",
)  # fmt: skip
DEADLINE_IS_MEANT = "Yes, this deadline is meant"
ADOPTED, SIGN, NOT_SIGNED, PUBLISH_TEXT = (
    "adopted as of",
    "Sign with your passkey",
    "not yet signed",
    "Publish the text",
)

# The record
RECORD, AGREE, PUBLISH_RECORD = "Summary record", "agrees to version", "Publish the summary record"
