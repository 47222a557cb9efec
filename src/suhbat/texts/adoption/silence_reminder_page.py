"""Asking to be reminded of a silence by mail."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, post
from litestar.response import Redirect

from suhbat.acts.app import App, address
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import read_fields
from suhbat.ground.language import language, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.texts.adoption.silence_mail import wish_to_be_reminded
from suhbat.texts.text_access import only_participants, readable_text
from suhbat.texts.text_lookup import running_silence


@post("/meetings/{format_:str}/{slug:str}/texts/{name:str}/remind", status_code=303)
async def remind_me(
    request: Request[Any, Any, Any], app: App, asker: Asker, format_: str, slug: str, name: str
) -> Redirect:
    """Keep a participant's address until the silence ends; it goes into no table and no entry."""
    given = await read_fields(request)
    meeting, mail, silence = f"{format_}/{slug}", given.get("mail", "").strip(), given.get("silence", "")

    def keep() -> None:
        with app.database.reading() as session:
            actor = asker(session)
            _held, text = readable_text(session, actor, meeting, name)
            only_participants(actor, meeting)
            if silence not in {running.id for running in running_silence(session, text.id)}:
                raise out_of_order(lazy("No silence is running here."))
        wish_to_be_reminded(app.settings, silence, mail, language())

    await run_sync(keep)
    return Redirect(address(f"/meetings/{meeting}/texts/{name}"), status_code=303)


handlers: list[Any] = [remind_me]
