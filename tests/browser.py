"""Debian's Chromium for journeys: `page` and friends, accessibility by axe-core, screenshots into test-results/.

A page whose script fails, whose console reports an error or whose server answers 5xx fails its test, whatever the test looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

RESULTS = Path(__file__).resolve().parent.parent / "test-results"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-proxy-server",
]
EXPECTED_CONSOLE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")

OpenContext = Callable[..., BrowserContext]


class Answering:
    """Counts the requests that the live server's threads have begun and not finished; a browser that closes leaves some."""

    def __init__(self) -> None:
        self._count, self._changed = 0, threading.Condition()
        request_started.connect(self._began)
        request_finished.connect(self._ended)

    def _began(self, **_: object) -> None:
        self._count_on(1)

    def _ended(self, **_: object) -> None:
        self._count_on(-1)

    def _count_on(self, step: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return  # a test's own client
        with self._changed:
            self._count += step
            self._changed.notify_all()

    def wait(self) -> None:
        """Returns when nothing is being answered any more."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._count <= 0, timeout=30), "a request was never answered"


@pytest.fixture(scope="session")
def answering() -> Answering:
    return Answering()


@pytest.fixture(autouse=True)
def _emptied_last(request: pytest.FixtureRequest, answering: Answering) -> Iterator[None]:
    """The tables are emptied when browsers are closed and their requests done: emptying meets no open transaction."""
    served = "live_server" in request.fixturenames
    if served:
        request.getfixturevalue("transactional_db")
    yield
    if served:
        answering.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each worker."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright keeps an event loop in this thread; we don't use it for Django
    )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def open_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenContext]:
    """`open_context(**playwright_options)`: a browser window of its own (cookies apart), watched for errors; several may be open."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one(**options: Any) -> BrowserContext:
        usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK, "reduced_motion": "reduce"}
        context = browser.new_context(**(usual | options))
        context.set_default_timeout(15_000)
        context.on("page", lambda page: _watch(page, troubles))
        contexts.append(context)
        return context

    yield open_one
    if getattr(request.node, "failed", False):
        _keep_pictures(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert not troubles, "the browser reported:\n" + "\n".join(troubles)


@pytest.fixture
def page(open_context: OpenContext) -> Page:
    """A page on the desk's screen, 1280 × 800."""
    return open_context().new_page()


@pytest.fixture
def phone_page(open_context: OpenContext) -> Page:
    """A page on a small phone, 360 × 740 with touch."""
    return open_context(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2).new_page()


@pytest.fixture
def plain_page(open_context: OpenContext) -> Page:
    """A page without JavaScript."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with every accessibility violation that axe-core finds on the page as it stands."""

    def check(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        lines = [f"{rule['id']}: {rule['help']}\n  " + "\n  ".join(_places(rule)) for rule in found]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check


@pytest.fixture
def shot() -> Callable[[Page, str], Path]:
    """`shot(page, name)` writes the whole page as test-results/<name>.png."""

    def take(page: Page, name: str) -> Path:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed  # type: ignore[attr-defined]
    return report


def _watch(page: Page, troubles: list[str]) -> None:
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("console", lambda message: _note_console(message.type, message.text, page.url, troubles))
    page.on("response", lambda response: _note_response(response, troubles))


def _note_console(kind: str, text: str, url: str, troubles: list[str]) -> None:
    if kind == "error" and not EXPECTED_CONSOLE.match(text):
        troubles.append(f"{url}: {text}")


def _note_response(response: Response, troubles: list[str]) -> None:
    if response.status >= 500:
        troubles.append(f"{response.url}: {response.status}")


def _keep_pictures(contexts: list[BrowserContext], test: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", test)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=RESULTS / f"failed-{name}-{number}.png", full_page=True)


def _places(rule: dict[str, Any]) -> list[str]:
    return [f"{node['target']} {node['html'][:160]} — {node.get('failureSummary', '')}" for node in rule["nodes"]]
