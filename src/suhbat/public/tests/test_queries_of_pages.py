"""The number of queries of a page does not depend on the size of the record: usually one, for the newest entry."""

from tests.loaded_public_record import TODAY

from suhbat.archive.folder_load import SHIPPED, load

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
PAGES = {
    "/": 1, "/formats": 1, "/formats/ca-japan": 1, f"/meetings/{SPECIAL}": 1,
    f"/outcomes/{SPECIAL}/medical-equipment-grants": 2, "/ledger": 1, "/ledger?by=JP&state=unknown": 1, "/states/TJ": 1,
    "/topics/water": 1, "/compare": 1, "/search?q=water+dushanbe": 1, "/search?q=moteggi": 1, "/data": 1, "/changes": 3,
    "/ledger.json": 1, "/formats/ca-japan.csv": 1, "/terms": 0,
}  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_record(client, app, record, count_queries):
    def query_counts(size):
        client.get("/search?q=warm")  # build the almanac and the index
        return {path: count_queries(lambda: client.get(address(path, size))) for path in PAGES}  # noqa: B023

    def address(path, size):
        return f"{path}{'&' if '?' in path else '?'}x={size}"

    small = query_counts("small")
    assert not load(app.door, SHIPPED, TODAY).faults
    large = query_counts("large")
    assert small == PAGES
    assert large == PAGES
