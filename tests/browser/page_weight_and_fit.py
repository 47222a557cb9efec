"""What is looked at on every page: what its first load costs, whether it holds still, whether it fits a small phone."""

from typing import Any

SMALL, LARGE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
NARROWEST = 320
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? '' :
  [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
    .slice(0, 4).map((each) => `${each.tagName}.${each.className}`).join(' ') || 'something'"""
"""What stands out at the right of a window."""
TINY = """() => [...document.querySelectorAll('svg text')]
  .filter((each) => each.getBoundingClientRect().height &&
    parseFloat(getComputedStyle(each).fontSize) * Math.abs(each.getScreenCTM()?.a ?? 1) < 11)
  .slice(0, 4).map((each) => each.textContent).join(' ')"""
"""Words in a picture that are smaller than 11 px as drawn."""
WATCH = """window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((each) => {
  if (!each.hadRecentInput) window.shifted += each.value; })).observe({ type: 'layout-shift', buffered: true });
localStorage.setItem('suhbat.media', '{"mode": "none"}');"""
COST = """() => { const all = ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind));
  return [all.length, all.reduce((sum, each) => sum + each.encodedBodySize, 0), window.shifted]; }"""
MOST_REQUESTS, MOST_BYTES = 6, 70_000
"""Of the first load of a page that anyone may see (issue 3)."""


def costs(page: Any) -> list[str]:
    """What is too much of the first load of a page that anyone may see. Look before anything is done on the page."""
    requests, size, shifted = page.evaluate(COST)
    if shifted > 0:  # what moves by itself moves again; a busy machine does not
        page.reload()
        shifted = page.evaluate(COST)[2]
    if requests > MOST_REQUESTS or size > MOST_BYTES or shifted > 0:
        return [f"{requests} requests, {size} bytes, layout shift {shifted}"]
    return []


def narrow(page: Any) -> list[str]:
    """What does not fit a phone of 320 px, and what is too small to read in a picture there."""
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    found = []
    if wider := page.evaluate(WIDER):
        found.append(f"wider than a phone of {NARROWEST}: {wider}")
    if tiny := page.evaluate(TINY):
        found.append(f"too small to read in a picture: {tiny}")
    return found
