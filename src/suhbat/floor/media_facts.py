"""The data for the conference's script: who the reader is, where signals go, who may be heard now."""

from datetime import datetime
from typing import Any

from suhbat.acts.app import address
from suhbat.acts.live_streams import peer_description
from suhbat.acts.roles_and_seats import Viewer
from suhbat.floor.floor_state import FloorState
from suhbat.floor.turn_servers import EXPIRES_AFTER, ice_servers
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext as _
from suhbat.ground.settings import Settings

STATUS = {"draft": "before", "convened": "before", "open": "open", "suspended": "suspended"}
"""A meeting's status as the script knows it; every other status is `closed`."""


def media_facts(settings: Settings, actor: Viewer, floor: FloorState, last: int, now: datetime) -> dict[str, Any]:
    """The contents of `#media-facts`, for a participant.

    `last` is the number of the newest entry on this page: the live connection sends what came after it.
    `floor.turns` are the interventions in progress; the last one has the floor.
    """
    meeting = floor.meeting.id
    participant = peer_description(actor, meeting)
    return {
        "peer": new_id(),
        "person": actor.id,
        "delegation": participant.get("delegation", ""),
        "roles": participant.get("roles", []),
        "live": address(f"/live/{meeting}"),
        "signals": f"/signals/{meeting}",
        "video": settings.video,
        "ice": ice_servers(settings, actor.id, now) if settings.video else [],
        "relays": {"from": address(f"/meetings/{meeting}/room/relays"), "every": EXPIRES_AFTER // 2},
        "last": last,
        "floor": {
            "status": STATUS.get(floor.meeting.status, "closed"),
            "toAll": floor.room.open_to_all,
            "turns": [{"given": turn.id, "delegation": turn.delegation, "person": turn.person} for turn in floor.turns],
        },
    }


def media_texts() -> dict[str, str]:
    """The contents of `#media-texts`: texts in the reader's language."""
    return {
        "away": _("not here"),
        "played": _("played by the program"),
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
