"""A page asks the tables as little of a large record as of a small one: what is the newest entry, and no more."""

from suhbat.archive.folder_load import SHIPPED, load

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
PAGES = {
    "/": 1, "/formats": 1, "/formats/ca-japan": 1, f"/meetings/{SPECIAL}": 1,
    f"/outcomes/{SPECIAL}/medical-equipment-grants": 2, "/ledger": 1, "/ledger?by=JP&state=unknown": 1, "/states/TJ": 1,
    "/topics/water": 1, "/compare": 1, "/search?q=water+dushanbe": 1, "/search?q=moteggi": 1, "/data": 1, "/changes": 3,
    "/ledger.json": 1, "/formats/ca-japan.csv": 1, "/terms": 0,
}  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_record(client, app, record, count_queries):
    def counted(size):
        client.get("/search?q=warm")  # almanac and index stand
        return {path: count_queries(lambda: client.get(asked(path, size))) for path in PAGES}  # noqa: B023

    def asked(path, size):
        return f"{path}{'&' if '?' in path else '?'}x={size}"

    small = counted("small")
    assert not load(app.door, SHIPPED).faults
    large = counted("large")
    assert small == PAGES
    assert large == PAGES
