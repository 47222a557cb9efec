"""The form that asks for reminders of a silence by mail."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import post
from litestar.response import Redirect

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.ground.language import language, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.texts.adoption.silence_mail import save_address
from suhbat.texts.text_access import opened_text
from suhbat.texts.text_guard_checks import running_silence


@post("/meetings/{format_:str}/{slug:str}/texts/{name:str}/remind", status_code=303)
async def remind_me(request: AnyRequest, app: App, asker: Asker, format_: str, slug: str, name: str) -> Redirect:
    """Save a participant's address until the silence ends; it goes into no table and no entry."""
    fields = await read_fields(request)
    meeting_id, mail, silence = f"{format_}/{slug}", fields.get("mail", "").strip(), fields.get("silence", "")

    def save() -> None:
        with opened_text(app, asker, meeting_id, name, participants_only=True) as opened:
            if silence not in {running.id for running in running_silence(opened.session, opened.text.id)}:
                raise out_of_order(lazy("No silence is running here."))
        save_address(app.settings, silence, mail, language())

    await run_sync(save)
    return Redirect(address(f"/meetings/{meeting_id}/texts/{name}"), status_code=303)


handlers: list[Any] = [remind_me]
