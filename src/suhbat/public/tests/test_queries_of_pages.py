"""A page asks the tables as little of a large record as of a small one: what is the newest entry, and no more."""

from suhbat.archive.loading import SHIPPED, load

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
PAGES = {
    "/": 1, "/formats": 1, "/formats/ca-japan": 1, f"/meetings/{SPECIAL}": 1,
    f"/outcomes/{SPECIAL}/medical-equipment-grants": 2, "/ledger": 1, "/ledger?by=JP&state=unknown": 1, "/states/TJ": 1,
    "/topics/water": 1, "/compare": 1, "/search?q=water+dushanbe": 1, "/search?q=moteggi": 1, "/data": 1, "/changes": 2,
    "/ledger.json": 1, "/formats/ca-japan.csv": 1,
}  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_the_record(client, house, record, count_queries):
    def counted(sign):
        client.get("/search?q=warm")  # almanac and index stand
        return {path: count_queries(lambda: client.get(f"{path}{sign(path)}")) for path in PAGES}  # noqa: B023

    small = counted(lambda path: "&x=1" if "?" in path else "?x=1")
    assert not load(house.door, SHIPPED).faults
    large = counted(lambda path: "&x=2" if "?" in path else "?x=2")
    assert small == PAGES
    assert large == PAGES
