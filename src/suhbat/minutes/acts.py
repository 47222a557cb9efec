"""The acts on a summary record: drafted, edited, agreed or objected to, published; each told in its own file."""

from suhbat.minutes import answer_minutes, draft_minutes, edit_minutes, publish_minutes

__all__ = ["answer_minutes", "draft_minutes", "edit_minutes", "publish_minutes"]
