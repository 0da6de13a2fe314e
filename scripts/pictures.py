"""Takes the pictures of the README from a running demonstration: `.venv/bin/python scripts/pictures.py` (needs the test extra and Chromium)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "pictures"
ADDRESS = "127.0.0.1:8765"


def main() -> None:
    """Loads a demonstration into a folder of its own, serves it, takes the pictures."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HUIYIN_HOME": home, "HUIYIN_BASE_URL": f"http://{ADDRESS}"}
        huiyin = str(ROOT / ".venv" / "bin" / "huiyin")
        said = subprocess.run([huiyin, "demo"], env=env, check=True, capture_output=True, text=True).stdout
        server = subprocess.Popen([huiyin, "serve", "--bind", ADDRESS], env=env)
        try:
            _wait()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                _desk(browser, said)
                _portal(browser, said)
        finally:
            server.terminate()
            server.wait()


def _desk(browser: Browser, said: str) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN").new_page()
    page.goto(f"http://{ADDRESS}/desk/sign-in/")
    page.fill("input[name=username]", "wuqiming")
    page.fill("input[name=password]", "huiyin-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    _shot(page, "today-1280.png")
    page.goto(f"http://{ADDRESS}/desk/cases/?state=handling")
    _shot(page, "list-1280.png")
    page.locator("[data-open]").first.click()
    page.wait_for_load_state("networkidle")
    _shot(page, "case-1280.png")


def _portal(browser: Browser, said: str) -> None:
    secret = re.search(r"/t/([\w-]+)/", said)
    assert secret
    page = browser.new_context(viewport={"width": 390, "height": 860}, locale="zh-CN", device_scale_factor=2).new_page()
    page.goto(f"http://{ADDRESS}/")
    _shot(page, "home-390.png")
    page.goto(f"http://{ADDRESS}/t/{secret[1]}/")
    _shot(page, "track-390.png")


def _shot(page: object, name: str) -> None:
    path = OUT / name
    page.screenshot(path=str(path))  # type: ignore[attr-defined]
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://{ADDRESS}/", timeout=5)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the demonstration did not answer")


if __name__ == "__main__":
    main()
