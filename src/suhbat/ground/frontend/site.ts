// The page script of ordinary pages: htmx, which swaps parts of a page; every page works without it.
import "htmx.org";
