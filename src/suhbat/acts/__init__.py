"""The door: every official change is an act, and every act is performed here.

An act stands in one file, in this order, and each part carries the act's name:

- the *input* (`Input`): what the actor enters, field by field.
- the *body* (`Body`): what the record keeps of the act, for ever, in a version.
- the *guard* (`@guard`): what must hold before the act can be done. Pages call it before they offer the act.
- the *rule* (`@act`): calls the guard, checks the input and returns the body. It changes nothing.
- the *effect* (`@effect`): what the entry changes in the tables. It reads only the entry and the tables, so the same
  entries always rebuild the same tables. In this way a test proves that the record is complete.
- the *phrase* (`@phrase`): how the entry reads in the live record.
- the *notice* (`@notice`): who is told of the entry, and what is to be done until when. Most acts have none.

`Door.perform` runs rule, entry and effect in one transaction.
"""

from suhbat.acts.bodies import Body
from suhbat.acts.door import Done, Door
from suhbat.acts.inputs import InFormat, InMeeting, Input
from suhbat.acts.notices import Notice, notice, settles
from suhbat.acts.registry import Decision, Occasion, act, body_of, effect, follow, further_effect, guard, phrase
from suhbat.acts.roles_and_seats import ADMINISTRATION, SYSTEM, Actor, Role, Seat, Viewer

__all__ = [
    "ADMINISTRATION",
    "SYSTEM",
    "Actor",
    "Body",
    "Decision",
    "Done",
    "Door",
    "InFormat",
    "InMeeting",
    "Input",
    "Notice",
    "Occasion",
    "Role",
    "Seat",
    "Viewer",
    "act",
    "body_of",
    "effect",
    "follow",
    "further_effect",
    "guard",
    "notice",
    "phrase",
    "settles",
]
