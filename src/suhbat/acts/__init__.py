"""The one door: every official change is an act, and every act goes through here.

An act has two halves, and both carry the act's name:

- the *rule* (`@act`): may this actor, is it in order, what exactly is done. It looks, decides and returns the
  body of the entry; it changes nothing.
- the *effect* (`@effect`): what the entry means for the tables. It sees nothing but the entry and the tables,
  so that the same entries always rebuild the same tables. That is how a test proves the record complete.

`Door.perform` joins them in one transaction: rule, effect, entry.
"""

from suhbat.acts.actors import ADMINISTRATION, SYSTEM, Actor, Role, Seat, Viewer
from suhbat.acts.door import Done, Door
from suhbat.acts.inputs import InFormat, InMeeting, Input
from suhbat.acts.registry import Decision, Occasion, act, effect, follow, further_effect, phrase

__all__ = [
    "ADMINISTRATION",
    "SYSTEM",
    "Actor",
    "Decision",
    "Done",
    "Door",
    "InFormat",
    "InMeeting",
    "Input",
    "Occasion",
    "Role",
    "Seat",
    "Viewer",
    "act",
    "effect",
    "follow",
    "further_effect",
    "phrase",
]
