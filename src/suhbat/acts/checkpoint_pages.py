"""The signed checkpoint of the record, and the public key that verifies it."""

from litestar import MediaType, get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.page_cache import cacheable
from suhbat.record.checkpoints import sign, verifier_key
from suhbat.record.hashing import Frontier
from suhbat.record.models import Head


@get("/record/checkpoint", sync_to_thread=True, media_type=MediaType.TEXT)
def checkpoint(app: App) -> Response[str]:
    """The size and root of the record, signed. A saved copy proves later whether the record was rewritten."""
    with app.database.reading() as session:
        head = session.get(Head, 1)
        size, frontier = (head.size, head.frontier) if head else (0, b"")
    return Response(sign(app.settings, size, Frontier(size, frontier).root()), media_type=MediaType.TEXT)


@get("/record/key", sync_to_thread=True, media_type=MediaType.TEXT)
def key(app: App) -> Response[str]:
    """The public key that verifies checkpoints."""
    return cacheable(Response(verifier_key(app.settings) + "\n", media_type=MediaType.TEXT))
