"""Looks at the site as people do: ``python website/check.py [FOLDER] [--twice] [--as-it-is]``.

It builds the site, measures it, and opens it in headless Chromium at two widths, dark and light: axe-core finds no violation, the
console stays silent, no request leaves this machine, nothing is wider than the window, the keyboard reaches everything, ten questions
find their page among the first three, and retired ids lead on. With ``--twice`` it builds a second time and compares every byte; with
``--as-it-is`` it looks at what was built before.

It needs Chromium and its driver, selenium, and axe-core (from npm, into a folder of its own).
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import html5lib
from build import build
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import asean_cyber as ac

ROOT = Path(__file__).parents[1]
MOUNT = "some/where"  # the site has to work at any path
PAGES = [
    "",
    "tutorial/",
    "queries/",
    "notebook/",
    "notebooks/partners-by-year/",
    "guides/scams-by-year/",
    "service/",
    "understand/acts/",
    "understand/architecture/",
    "coverage/",
    "data-dictionary/",
    "api/",
    "api/asking/",
    "api/records/",
    "api/answers/",
    "api/vocabulary/",
    "genindex/",
    "years/",
    "years/2018/",
    "bodies/",
    "bodies/ammtc/",
    "bodies/arf/",
    "topics/",
    "topics/cybercrime/",
    "countries/",
    "countries/jp/",
    "publishers/",
    "publishers/asean-secretariat/",
    "records/",
    "records/ammtc-8/",
    "records/aseanapol-29/8.7.1/",
    "records/budapest-convention/",
    "seed/",
    "search/?q=AMMTC%208",
]
QUESTIONS = {
    "AMMTC 8": "records/ammtc-8/",
    "Bali 2011": "records/ammtc-8/",
    "Budapest convention": "records/budapest-convention/",
    "online scams": "topics/online-scams/",
    "ASEANAPOL": "bodies/aseanapol/",
    "resolution 8.7.1": "records/aseanapol-29/8.7.1/",
    "asean-mlat-2004": "records/asean-mlat-2004/",
    "cyber terrorism": "topics/cyber-terrorism/",
    "Japan": "countries/jp/",
    "how to cite": "citing/",
}


def main() -> int:
    folder = Path(next((each for each in sys.argv[1:] if not each.startswith("-")), ROOT / "build" / "site")).resolve()
    checks: list[tuple[str, Callable[[], Iterator[str]]]] = [
        ("built within 90 seconds", lambda: _built(folder)),
        ("two builds give the same bytes", lambda: _twice(folder)),
        ("HTML is valid", lambda: _valid(folder)),
        ("as people see it", lambda: _seen(folder)),
    ]
    failed = 0
    for what, check in checks:
        faults = 0
        for fault in check():
            faults += 1
            print(f"  {fault}", flush=True)
        failed += bool(faults)
        print(f"{'FAILED' if faults else 'passed'}: {what}", flush=True)
    return failed


def _built(folder: Path) -> Iterator[str]:
    begun = time.monotonic()
    if "--as-it-is" not in sys.argv:
        build(folder)
    took = time.monotonic() - begun
    pages = list(folder.rglob("*.html"))
    print(f"{len(pages):,} pages in {took:.0f} s, {sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.0f} MB")
    if took > 90:
        yield f"{took:.0f} s"
    heavy = [path for path in (folder / "records").rglob("*/index.html") if path.stat().st_size > 60_000]
    yield from (f"{path.relative_to(folder)}: {path.stat().st_size:,} bytes" for path in heavy)


def _twice(folder: Path) -> Iterator[str]:
    if "--twice" not in sys.argv:
        print("left out: say --twice")
        return
    with tempfile.TemporaryDirectory() as other:
        again = Path(other) / "site"
        build(again)
        one, two = _digests(folder), _digests(again)
    yield from (name for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name))


def _digests(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def _valid(folder: Path) -> Iterator[str]:
    """Every twentieth page, and those that are looked at below, by the rules of the HTML standard for what is written."""
    chosen = {folder / urlsplit(name).path / "index.html" for name in PAGES} | set(sorted(folder.rglob("*.html"))[::20])
    for path in sorted(chosen):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_bytes())
        yield from (f"{path.relative_to(folder)}: {error}" for error in parser.errors)


def _axe() -> str:
    """The text of axe-core, from npm."""
    home = Path(tempfile.gettempdir()) / "asean-cyber-axe"
    script = home / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        assert npm, "axe-core comes by npm"
        subprocess.run([npm, "install", "--silent", "--no-save", "--prefix", str(home), "axe-core@4"], check=True)
    return script.read_text(encoding="utf-8")


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The address at which the site is served, from below a path of its own."""
    with tempfile.TemporaryDirectory() as top:
        mount = Path(top) / MOUNT
        mount.parent.mkdir(parents=True)
        mount.symlink_to(folder, target_is_directory=True)
        handler = functools.partial(_Quiet, directory=top)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{MOUNT}/"
        finally:
            server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is told of requests: the browser's own log is read."""


@contextlib.contextmanager
def _browser() -> Iterator[Any]:
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def _look(driver: Any, width: int, theme: str) -> None:
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]})


def _seen(folder: Path) -> Iterator[str]:
    axe = _axe()
    counts = {"pages": 0, "violations": 0, "requests": 0}
    with _served(folder) as home, _browser() as driver:
        for width, theme in ((1400, "light"), (1400, "dark"), (360, "light"), (360, "dark")):
            _look(driver, width, theme)
            for name in PAGES:
                driver.get(home + name)
                if name.startswith("search"):
                    _results(driver)
                counts["pages"] += 1
                wide = driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    yield f"{name} at {width}: {wide} pixels too wide"
                driver.execute_script(axe)
                for fault in driver.execute_async_script("const done = arguments[0]; axe.run().then(found => done(found.violations))"):
                    counts["violations"] += 1
                    yield f"{name} at {width} {theme}: axe {fault['id']}: {fault['nodes'][0]['html'][:150]} ({len(fault['nodes'])})"
                yield from (f"{name} at {width}: console: {entry['message']}" for entry in driver.get_log("browser") if "favicon" not in entry["message"])
                for url in _requests(driver):
                    counts["requests"] += 1
                    if urlsplit(url).scheme not in ("data", "blob") and not url.startswith(home.removesuffix(MOUNT + "/")):
                        yield f"{name}: asks {url}"
        _look(driver, 1400, "light")
        yield from _searched(driver, home)
        yield from _led_on(driver, home)
        yield from _by_keyboard(driver, home)
        yield from _without_scripts(driver, home)
    print(", ".join(f"{count:,} {what}" for what, count in counts.items()))


def _requests(driver: Any) -> Iterator[str]:
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]


def _results(driver: Any, at_least: int = 1) -> list[str]:
    """The addresses that a search finds, as far as they are shown."""
    found: list[str] = []
    for _ in range(200):
        found = [link.get_attribute("href") for link in driver.find_elements(By.CSS_SELECTOR, "pagefind-results a[href]")]
        if len(found) >= at_least:
            break
        time.sleep(0.05)
    return found


def _searched(driver: Any, home: str) -> Iterator[str]:
    for asked, wanted in QUESTIONS.items():
        driver.get(f"{home}search/?q={quote(asked)}")
        found = [each.removeprefix(home) for each in _results(driver, at_least=3)[:3]]
        if wanted not in found:
            yield f"search for {asked!r} finds {found}, not {wanted}"


def _led_on(driver: Any, home: str) -> Iterator[str]:
    for old in sorted(ac.retired())[:3]:
        driver.get(f"{home}records/{old}/")
        time.sleep(0.5)
        if driver.current_url != f"{home}records/{ac.get(old).id}/":
            yield f"{old} leads to {driver.current_url}"
    driver.get(f"{home}records/ammtc-8.json")
    if json.loads(driver.find_element(By.TAG_NAME, "body").text)["id"] != "ammtc-8":
        yield "the JSON of ammtc-8 is of another record"


def _by_keyboard(driver: Any, home: str) -> Iterator[str]:
    """Tab reaches the way to the contents first; the search can be filled in and followed without a mouse."""
    driver.get(home + "records/ammtc-8/")
    keys = driver.switch_to.active_element
    keys.send_keys(Keys.TAB)
    first = driver.switch_to.active_element
    if "skip-to-content" not in (first.get_attribute("class") or ""):
        yield f"the first stop is {first.get_attribute('outerHTML')[:100]}"
    first.send_keys(Keys.ENTER)
    reached = set()
    for _ in range(120):
        active = driver.switch_to.active_element
        reached.add(active.get_attribute("href") or active.tag_name)
        active.send_keys(Keys.TAB)
    for wanted in ("topics/cybercrime/", "records/ammtc-7/", "records/ammtc-8/cybercrime/"):
        if home + wanted not in reached:
            yield f"the keyboard does not reach {wanted}"
    if "summary" not in reached:
        yield "the keyboard does not reach the citations"
    box = driver.find_element(By.CSS_SELECTOR, "input.sidebar-search")
    box.send_keys("ransomware", Keys.ENTER)
    if not _results(driver):
        yield "the search box leads to no results"


def _without_scripts(driver: Any, home: str) -> Iterator[str]:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get(home + "years/")
        for text in ("2011", "8th ASEAN Ministerial Meeting on Transnational Crime"):
            driver.get(driver.find_element(By.LINK_TEXT, text).get_attribute("href"))
        if driver.current_url != home + "records/ammtc-8/":
            yield f"without scripts the way leads to {driver.current_url}"
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
