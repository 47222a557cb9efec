// The script of ordinary pages: htmx, which replaces parts of a page. Every page works without it.
import "htmx.org";
