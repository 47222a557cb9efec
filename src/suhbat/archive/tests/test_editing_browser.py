"""An editor in a real browser: a delivery, a correction, a new meeting, and the files for a pull request."""

import re
import shutil
from pathlib import Path

import pytest
from tests.loaded_public_record import TODAY

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER
from suhbat.archive.folder_export import export
from suhbat.archive.folder_load import SHIPPED, check_folder, load

pytestmark = pytest.mark.browser

SPECIAL = "ca-japan/2020-08-11-special-video-ministerial"
NAME = "Ed Itor"


@pytest.fixture
def desk(served, chromium, tmp_path: Path):
    """The Japanese dialogue, an editor's browser, and a folder for pictures."""
    folder = tmp_path / "record"
    (folder / "formats").mkdir(parents=True)
    shutil.copy(SHIPPED / "formats/ca-japan.yaml", folder / "formats")
    shutil.copy(SHIPPED / "people.yaml", folder)
    shutil.copytree(SHIPPED / "meetings/ca-japan", folder / "meetings/ca-japan")
    assert not load(served.app.door, folder, TODAY).faults
    link = served.app.door.perform(ADMINISTRATION, "editor.named", {"name": NAME}).reply["link"]
    seat = served.app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    served.sign_in(context, seat.reply["person"])
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def picture(page, folder: Path, name: str) -> None:
    """Take a picture of the page on a phone and on a desk screen. The page must not be wider than the screen."""
    for width, height, look in ((390, 844, "light"), (1440, 900, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=look)
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width)
    page.set_viewport_size({"width": 390, "height": 844})


def follow(part, *names: str) -> None:
    """Follow links, each on the page to which the one before leads, or one link within a part of a page."""
    for name in names:
        part.get_by_role("link", name=name).click()


def send(page) -> str:
    """Send the form twice: first to see the difference, then to save. Returns the difference."""
    page.click("form.act button")
    difference = str(page.inner_text(".difference"))
    page.check("input[name=seen]")
    page.click("form.act button")
    page.wait_for_url(re.compile(r"/(meetings|formats|outcomes)/"))
    return difference


def test_an_editor_updates_the_record_by_forms_and_exports_a_pull_request(served, desk, tmp_path):
    page, pictures = desk, tmp_path
    page.goto(f"{served.url}/meetings/{SPECIAL}")
    follow(page.get_by_role("article").filter(has_text="grants for medical equipment"), "Kyrgyz Republic")
    follow(page, "Add a delivery")
    assert page.input_value("[name=outcome]") == f"{SPECIAL}#kyrgyzstan-share"
    page.fill("[name=date]", "2026-05-04")
    page.select_option("[name=state]", "delivered")
    page.fill("[name=summary]", "The machines were handed over in Bishkek.")
    page.fill("[name=source]", "https://example.org/handed-over")
    page.fill("[name=publisher]", "A newspaper")
    page.click("form.act button")
    picture(page, pictures, "difference")
    difference = page.inner_text(".difference")
    assert "+    summary: The machines were handed over in Bishkek." in difference
    assert page.input_value("[name=summary]") == "The machines were handed over in Bishkek."
    page.check("input[name=seen]")
    page.click("form.act button")
    page.wait_for_url(re.compile(r"/outcomes/"))
    assert "example.org" in page.inner_text(".sources")
    picture(page, pictures, "meeting")

    follow(page, "11 August 2020")
    page.wait_for_url(f"**/meetings/{SPECIAL}")
    follow(page, "Correct a fact")
    page.wait_for_url(re.compile(r"/correct/"))
    picture(page, pictures, "facts")
    page.get_by_role("link", name=re.compile(", Place$")).click()
    page.select_option("[name='now.country']", "JP")
    page.fill("[name='now.city']", "Tokyo")
    page.fill("[name=why]", "to try")
    page.click("form.act button")
    assert "choose a source" in page.inner_text(".fault").lower()
    picture(page, pictures, "correction-refused")
    follow(page, NAME, "Correct a fact", "Central Asia plus Japan", "11 August 2020")
    page.locator("dl > div", has_text="Rashid Meredov").get_by_role("link").click()
    page.fill("[name='now.office']", "Minister of Foreign Affairs")
    page.fill("[name=why]", "So the chair's statement")
    page.select_option("[name=cites]", "3")
    assert "+  office: Minister of Foreign Affairs" in send(page)

    follow(page, "Add an outcome")
    page.select_option("[name=kind]", "pledge")
    page.fill("[name=summary]", "Japan would send experts on water.")
    page.fill("[name=name]", "water-experts")
    page.check("[name=by][value=JP]")
    page.check("[name=to][value=TJ]")
    page.select_option("[name=topic]", "water")
    page.fill("[name='amount.value']", "40000000")
    page.select_option("[name='amount.currency']", "JPY")
    page.select_option("[name='amount.qualifier']", "exact")
    assert page.inner_text("output").replace("\N{NO-BREAK SPACE}", " ") == "40 million yen · 40,000,000"
    page.select_option("[name=cites]", "3")
    picture(page, pictures, "outcome-form")
    assert "+- id: water-experts" in send(page)
    assert "¥40,000,000" in page.inner_text("main")

    follow(page, NAME, "Editors' list")
    page.wait_for_url("**/editors")
    picture(page, pictures, "editors")
    follow(page, "Add a meeting")
    page.select_option("[name=format]", "ca-japan")
    page.fill("[name=name]", "tenth-ministerial")
    page.fill("[name=title]", "Tenth ministerial")
    page.select_option("[name=level]", "ministerial")
    page.fill("[name=starts]", "2026-08-30")
    page.fill("[name=city]", "Astana")
    page.select_option("[name=country]", "KZ")
    page.select_option("[name='participants.0.state']", "JP")
    page.fill("[name='participants.0.name']", "A Minister")
    page.select_option("[name='participants.1.state']", "KZ")
    page.check("input[name=topics][value=water]")
    page.fill("[name=source]", "https://example.org/tenth")
    page.fill("[name=publisher]", "A ministry")
    picture(page, pictures, "new-meeting")
    page.click("form.act button")
    assert "+title: Tenth ministerial" in page.inner_text(".difference")
    page.check("input[name=seen]")
    page.click("form.act button")
    page.wait_for_url(re.compile(r"/(meetings/ca-japan/2026-08-30|editors)"))

    out = tmp_path / "pull-request"
    done = export(served.app.database, out, served.url)
    assert (done.loaded, done.edited) == (54, 2)
    files, faults = check_folder(out, TODAY)
    assert (len(files), faults) == (56, [])
    text = (out / f"meetings/{SPECIAL}.yaml").read_text()
    assert "handed over in Bishkek" in text
    assert "https://example.org/handed-over" in text


def test_a_readers_report_reaches_the_editors_list(served, desk, chromium):
    reader = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = reader.new_page()
    page.goto(f"{served.url}/meetings/{SPECIAL}")
    follow(page, "Report an error")
    page.fill("[name=fact]", "The place")
    page.fill("[name=says]", "It was <b>Tokyo</b>")
    page.click("form.act button")
    page.wait_for_url(re.compile(r"/reported"))
    follow(page, "Back to the page")
    page.wait_for_url(re.compile(r"/meetings/"))
    reader.close()
    desk.goto(f"{served.url}/me")
    follow(desk, "Editors' list")
    desk.wait_for_url("**/editors")
    assert "It was <b>Tokyo</b>" in desk.inner_text("main")
    desk.fill("textarea[name=answer]", "It was by video.")
    desk.get_by_role("button", name="Answer").click()
    desk.wait_for_url(re.compile(r"/editors"))
    assert "It was by video." in desk.inner_text("main")
