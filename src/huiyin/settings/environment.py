"""Reads the environment strictly: a wrong value stops the program with a sentence that says what to change."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent
# PostgreSQL is to reckon with a database that lies in memory, as one of an office does, and to start no helpers for a page
PLANNING = "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"
# Statements that come again are planned once. A pooler that hands out connections by transaction can't have that: `?prepare=off`
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def refuse(name: str, zh: str, en: str) -> NoReturn:
    """Stops with exit status 2 and a sentence in both languages about one environment variable."""
    sys.stderr.write(f"{name}: {zh}\n{name}: {en}\n")
    raise SystemExit(2)


def text(name: str, default: str) -> str:
    """A variable as it stands, without surrounding blanks."""
    return os.environ.get(name, default).strip() or default


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable: 1, yes, true, on / 0, no, false, off."""
    raw = text(name, "1" if default else "0").lower()
    if raw in {"1", "yes", "true", "on"}:
        return True
    if raw in {"0", "no", "false", "off"}:
        return False
    refuse(name, f"“{raw}”不是开关值，请写 1 或 0。", f"'{raw}' is not a switch; write 1 or 0.")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    raw = text(name, default)
    if raw not in allowed:
        refuse(
            name,
            f"“{raw}”不行，可以写：{'、'.join(allowed)}。",
            f"'{raw}' won't do; write one of {', '.join(allowed)}.",
        )
    return raw


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number within bounds."""
    raw = text(name, str(default))
    if not raw.isascii() or not raw.isdigit() or not least <= int(raw) <= most:
        refuse(
            name,
            f"“{raw}”不行，请写 {least} 到 {most} 的整数。",
            f"'{raw}' won't do; write a whole number {least}–{most}.",
        )
    return int(raw)


def own_days() -> dict[str, int]:
    """The days of the terms that a unit sets itself."""
    return {
        "reply": number("HUIYIN_DAYS_REPLY", 60, least=1, most=365),
        "duty": number("HUIYIN_DAYS_DUTY", 60, least=1, most=365),
        "dispute": number("HUIYIN_DAYS_DISPUTE", 15, least=1, most=90),
        "rehandle": number("HUIYIN_DAYS_REHANDLE", 15, least=1, most=90),
        "simple-accept": number("HUIYIN_DAYS_SIMPLE_ACCEPT", 3, least=1, most=15),
        "simple-handle": number("HUIYIN_DAYS_SIMPLE_HANDLE", 10, least=1, most=60),
    }


def home() -> Path:
    """The data folder, created if need be: HUIYIN_HOME, else `home/` of a source checkout, else the user's share folder."""
    checkout = PACKAGE.parent.parent
    usual = checkout / "home" if (checkout / "pyproject.toml").exists() else Path.home() / ".local" / "share" / "huiyin"
    folder = Path(text("HUIYIN_HOME", str(usual))).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "files").mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        refuse(
            "HUIYIN_HOME",
            f"建不了数据文件夹 {folder}（{error.strerror}），请换一个可写的地方。",
            f"can't make the data folder {folder} ({error.strerror}); name a place that can be written.",
        )
    return folder.resolve()


def database(folder: Path) -> dict[str, object]:
    """Django's DATABASES entry from DATABASE_URL (sqlite:///… or postgres://…); SQLite in the data folder by default."""
    url = text("DATABASE_URL", f"sqlite:///{folder / 'huiyin.sqlite3'}")
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        refuse(
            "DATABASE_URL",
            "只支持 sqlite:///文件 或 postgres://用户:密码@主机/库。",
            "only sqlite:///FILE or postgres://USER:PASSWORD@HOST/NAME will do.",
        )
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600))
    except ValueError as error:
        refuse("DATABASE_URL", f"看不懂这个地址（{error}）。", f"can't read this address ({error}).")
    if urlsplit(url).scheme == "sqlite":
        parsed["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000",
        }
    else:
        named: dict[str, str] = parsed.get("OPTIONS", {})
        prepared = {} if named.pop("prepare", "on").lower() in {"off", "0", "false", "no"} else PREPARED
        parsed["OPTIONS"] = {"options": PLANNING, **prepared} | named  # what the address says counts
    return parsed


def secret_key(folder: Path) -> str:
    """HUIYIN_SECRET_KEY, else the key kept in the data folder, made at the first start."""
    given = text("HUIYIN_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            refuse("HUIYIN_SECRET_KEY", "太短，至少32个字符。", "too short; at least 32 characters.")
        return given
    kept = folder / "secret_key"
    if not kept.exists():
        _write_once(kept, secrets.token_urlsafe(48))
    return kept.read_text().strip()


def ledger_key(folder: Path) -> bytes:
    """The 32 secret bytes that checkpoints are signed with: HUIYIN_LEDGER_KEY in base64, else the key kept in the data folder,
    made at the first start."""
    kept = folder / "ledger_key"
    given = text("HUIYIN_LEDGER_KEY", "")
    if not given and not kept.exists():
        _write_once(kept, base64.b64encode(secrets.token_bytes(32)).decode())
    try:
        key = base64.b64decode(given or kept.read_text().strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        refuse(
            "HUIYIN_LEDGER_KEY",
            "存证的签名密钥要是32个字节的 base64（环境变量，或者数据文件夹里的 ledger_key）。",
            "the key that signs the ledger must be 32 bytes in base64 (the variable, or ledger_key in the data folder).",
        )
    return key


def _write_once(path: Path, content: str) -> None:
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as writing:
            writing.write(content)
    except FileExistsError:
        pass  # another process was first; its key counts


def base_url() -> str:
    """Where petitioners reach the portal, for QR codes and letters."""
    url = text("HUIYIN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        refuse(
            "HUIYIN_BASE_URL",
            "请写完整网址，例如 https://huiyin.example。",
            "write a full address such as https://huiyin.example.",
        )
    return url


def hosts(base: str) -> list[str]:
    """Names under which the server answers: HUIYIN_HOSTS (comma-separated) plus the base address and this machine."""
    named = [name.strip() for name in text("HUIYIN_HOSTS", "").split(",") if name.strip()]
    if any(set(name) & set("/: \t") for name in named):
        refuse(
            "HUIYIN_HOSTS",
            "只写主机名，用逗号隔开，不写 http:// 和端口。",
            "host names only, separated by commas, without http:// or ports.",
        )
    return [*named, urlsplit(base).hostname or "", "127.0.0.1", "localhost", "[::1]"]
