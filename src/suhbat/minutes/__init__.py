"""The summary record: drafted from the entries, agreed by the delegations, published."""
