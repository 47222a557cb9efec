"""Tables, which are typed as rows of cells separated by `|`; the first row has the column headings."""


def rows_of(wording: str) -> list[list[str]]:
    """The cells of a table, as many in every row."""
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in wording.split("\n")]
    wide = max(len(row) for row in rows)
    return [row + [""] * (wide - len(row)) for row in rows]
