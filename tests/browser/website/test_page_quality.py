"""What every page must be: nothing that axe-core calls serious, light, and still while its pictures come."""

import pytest
from site_pages import sign_in, until

from areas import ROOT

pytestmark = pytest.mark.browser
PUBLIC = ("/export", "/formats", "/styles", "/status", "/terms", "/reference", "/account/sign-in")
# Of who is an operator, too.
SIGNED = ("/account", "/account/api", "/account/tasks", "/account/settings", "/operator", "/operator/accounts")
AXE = ROOT / "build" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
# What axe-core calls serious or critical, each with where it is.
VIOLATIONS = """axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.target.join(" "))]))"""


# How far things moved, and the bytes of what came but for the library of maps and the maps themselves.
SHIFTS = """window.shifts = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.shifts += one.value; }).observe({type: "layout-shift", buffered: true})"""
SIZES = """[performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource")]
  .filter((one) => !["maplibre", "site/map", "site/looks"].some((word) => one.name.includes(word)))
  .map((one) => [one.name, one.transferSize])"""


# On a phone these show all of their tables, others let them be pushed aside.
WHOLE = ("/formats", "/reference", "/account/api", "/account/settings", "/operator/accounts")
HIDDEN = """[...document.querySelectorAll(".stacked")].map((one) => one.parentElement)
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText.slice(0, 40))"""
# Cells whose words are broken into towers of letters.
TOWERS = """[...document.querySelectorAll("td, th")]
  .filter((one) => one.innerText.length > 12 && one.clientWidth < 60 && one.clientHeight > 3 * one.clientWidth)
  .map((one) => one.innerText.slice(0, 30))"""


@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1360), ("ru", "dark", 390)])
def test_axe_finds_nothing_serious_on_any_page(page, server, language, scheme, width):
    """Colours hang on the scheme, words on the language, what is shown on the width: two have all of each."""
    page.resize(width, 850)
    script = AXE.read_text(encoding="utf-8")
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def look(path):
        page.open(f"{server.url}{path}?lang={language}")
        assert page.run("location.pathname") == path
        page.run(f"{script};1")
        assert page.run(VIOLATIONS) == [], path
        assert page.run(TOWERS) == [], path
        if width < 500 and path in WHOLE:
            assert page.run(HIDDEN) == [], path

    for path in PUBLIC:
        look(path)
    # The last of them.
    sign_in(page)
    for path in SIGNED:
        look(path)


def test_the_first_page_is_light_and_stands_still(page, server):
    page.call("Network.setCacheDisabled", cacheDisabled=True)
    page.call("Page.addScriptToEvaluateOnNewDocument", source=SHIFTS)
    page.open(f"{server.url}/export?lang=en")
    until(page, "document.getElementById('guess').textContent.startsWith('About')")
    # Until all looks in sight are those of the place.
    until(page, "document.querySelectorAll('.look img[src^=\"/site/looks/\"]').length > 2")
    assert page.run("window.shifts") < 0.001
    sizes = page.run(SIZES)
    # All scripts are asked for by the page itself: none waits for another one that names it.
    named = set(page.run("[...document.querySelectorAll('link[rel=modulepreload]')].map((one) => one.href)"))
    scripts = {name for name, _ in sizes if name.endswith(".js")}
    assert len(scripts) > 12
    assert scripts == named
    assert sum(size for _, size in sizes) < 300_000, sizes
