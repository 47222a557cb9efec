"""What the conference's script is told by the page: who looks, where signals go, who may be heard now."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.house import address
from suhbat.acts.live import about
from suhbat.floor.relays import LASTS, for_browser
from suhbat.floor.standing import standing
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext as _
from suhbat.ground.settings import Settings
from suhbat.record.reading import head_number

STATUS = {"draft": "before", "convened": "before", "open": "open", "suspended": "suspended"}
"""What a meeting's status means for its sound; every other status is `closed`."""


def media_facts(session: Session, settings: Settings, actor: Viewer, meeting: str) -> dict[str, Any]:
    """The facts of `#media-facts`, for a participant.

    `last` is the number of the newest entry that this page has seen: the live line is asked for what came after.
    `floor.turns` are the interventions that have begun and not ended; the last one has the floor.
    """
    last = head_number(session)
    stands = standing(session, meeting)
    who = about(actor, meeting)
    return {
        "peer": new_id(),
        "person": actor.id,
        "delegation": who.get("delegation", ""),
        "roles": who.get("roles", []),
        "live": address(f"/live/{meeting}"),
        "signals": f"/signals/{meeting}",
        "video": settings.video,
        "ice": for_browser(settings, actor.id) if settings.video else [],
        "relays": {"from": address(f"/meetings/{meeting}/room/relays"), "every": LASTS // 2},
        "last": last,
        "floor": {
            "status": STATUS.get(stands.meeting.status, "closed"),
            "toAll": stands.room.open_to_all,
            "turns": [
                {"given": each.id, "delegation": each.delegation, "person": each.person} for each in stands.turns
            ],
        },
    }


def media_texts() -> dict[str, str]:
    """The words of `#media-texts` in the reader's language."""
    return {
        "away": _("not here"),
        "lost": _("line lost, coming back"),
        "heard": _("microphone open"),
        "muted": _("muted"),
        "silent": _("has muted the microphone"),
        "sound_only": _("sound only"),
        "no_media": _("without media"),
        "line_lost": _("The line to the server is lost. It is being restored; nothing is missed."),
        "line_back": _("The line is back."),
        "touch": _("The browser waits for a touch before it plays sound: press any key or button."),
        "refused": _("You have not allowed camera and microphone, or none is connected. You can join all the same."),
        "out": _("You are signed out here. Camera and microphone are off."),
        "out_by": _("Your seat here was ended by %(name)s. Camera and microphone are off."),
        "out_own": _("Your seat here has ended. Camera and microphone are off."),
        "out_letter": _(
            "A new letter for your seat was used on another device. Camera and microphone are off here. "
            "If that was not you, tell the secretariat."
        ),
        "replaced": _("You have joined from another window. This one is silent now."),
    }
