"""How the entries of summary records read in the live record."""

from suhbat.acts import phrase
from suhbat.formats.state_names import state_name
from suhbat.ground.language import _
from suhbat.minutes import acts  # noqa: F401  (the acts must stand before their phrases)
from suhbat.record.entries import Entry


@phrase("minutes.drafted")
def _drafted(entry: Entry) -> str:
    if entry.body["part"] > 1:
        return _("The draft of the summary record goes on.")
    return _("The summary record is drafted from the entries, version %(version)s.") % entry.body


@phrase("minutes.edited")
def _edited(entry: Entry) -> str:
    return _("The summary record is edited, version %(version)s.") % entry.body


@phrase("minutes.agreed")
def _agreed(entry: Entry) -> str:
    values = {"state": state_name(entry.body["delegation"]), "version": entry.body["version"]}
    return _("%(state)s agrees to the summary record, version %(version)s.") % values


@phrase("minutes.objected")
def _objected(entry: Entry) -> str:
    values = {"state": state_name(entry.body["delegation"]), "text": entry.body["correction"]}
    return _("%(state)s objects to the summary record: %(text)s") % values


@phrase("minutes.published")
def _published(entry: Entry) -> str:
    return _("The summary record is published, version %(version)s.") % entry.body
