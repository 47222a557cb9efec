"""All acts on a summary record, one file each: importing this module registers them."""

from suhbat.minutes import answer_minutes, draft_minutes, edit_minutes, publish_minutes, published_minutes

__all__ = ["answer_minutes", "draft_minutes", "edit_minutes", "publish_minutes", "published_minutes"]
