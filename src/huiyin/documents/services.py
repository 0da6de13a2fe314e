"""Takes files in, keeps them untouched, and reads scans page by page in the background.

Every file is inspected before it is kept; what can't be taken is refused in a sentence and nothing is lost on the
sender's side. The pages of a scan are prepared at once (a picture each) and read one by one by the worker.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from io import BufferedReader
from typing import IO, Any, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from PIL import Image

from huiyin.documents import inspection, pages, reading
from huiyin.documents.models import ScanPage, StoredFile
from huiyin.documents.refusals import Unacceptable
from huiyin.documents.store import FileStore
from huiyin.kernel.errors import Refused

NAME_LENGTH = 200


class Upload(Protocol):
    """What a page or the API hands over: a name and a seekable stream."""

    name: Any
    file: Any


def store() -> FileStore:
    """The file store of this installation."""
    return FileStore(settings.FILES)


def keep_upload(upload: Upload, *, by: str, now: datetime, for_scan: bool = False) -> StoredFile:
    """Inspects and keeps an uploaded file. Raises Refused with a sentence if it can't be taken."""
    return keep(upload.file, name=str(upload.name or ""), by=by, now=now, for_scan=for_scan)


def keep(stream: IO[bytes], *, name: str, by: str, now: datetime, for_scan: bool = False) -> StoredFile:
    """Inspects and keeps a file from a seekable stream; `for_scan` takes only what can be read as pages."""
    name = _file_name(name)
    allowed = inspection.SCANS if for_scan else inspection.ATTACHMENTS
    try:
        facts = inspection.inspect(
            stream, name=name, allowed=allowed, limits=inspection.Limits(size=settings.UPLOAD_LIMIT)
        )
    except Unacceptable as error:
        raise Refused(error.words.zh, error.words.en, field="files", code="file") from error
    _check_room(stream.seek(0, io.SEEK_END))
    stream.seek(0)
    sha256, size = store().put(stream)
    return StoredFile.objects.create(
        sha256=sha256,
        size=size,
        mime=facts.mime,
        extension=facts.extension,
        name=name,
        pages=facts.pages,
        created_at=now,
        created_by=by,
    )


def _check_room(size: int) -> None:
    """Raises Refused where the disk would be left with less than HUIYIN_FREE_MB."""
    if store().free() - size < settings.FREE_SPACE:
        raise Refused(
            "存文件的地方快满了，这份文件没有存上。请先不带文件交，文件以后再补；请告诉系统管理员。",
            "The disk for files is nearly full; this file was not kept. Go on without it and add it later; tell the administrator.",
            field="files",
            code="full",
        )


def seen(upload: Upload) -> tuple[str, str]:
    """The name under which an upload would be kept, and its SHA-256; nothing is kept."""
    sha256 = hashlib.file_digest(upload.file, "sha256").hexdigest()
    upload.file.seek(0)
    return _file_name(str(upload.name or "")), sha256


def open_file(file: StoredFile) -> BufferedReader:
    """The bytes of a kept file. Raises Refused if the file store lost them."""
    return open_content(file.sha256)


def open_content(sha256: str) -> BufferedReader:
    """The bytes under a SHA-256. Raises Refused if the file store lost them."""
    try:
        return store().open(sha256)
    except FileNotFoundError:
        raise Refused(
            "这份文件在存储里找不到了，请告诉系统管理员。",
            "This file is missing from the store; tell the administrator.",
            code="not_found",
        ) from None


def forget(files: Iterable[StoredFile], *, before: datetime, named: Collection[str] = ()) -> int:
    """Deletes files that nothing names, and their bytes where no other row, no page of a scan and no hash in `named` does and nobody
    brought them again since `before`; how many. What is named after all stays."""
    gone = 0
    for file in files:
        try:
            with transaction.atomic():
                file.delete()
        except (ProtectedError, IntegrityError):
            continue
        gone += 1
        rows = StoredFile.objects.filter(sha256=file.sha256), ScanPage.objects.filter(picture_sha256=file.sha256)
        if file.sha256 not in named and not any(row.exists() for row in rows):
            store().drop(file.sha256, before=before.timestamp())
    return gone


def prepare_scan(file: StoredFile) -> list[ScanPage]:
    """Makes a picture of each page of a scan, to be shown at once and read in the background. Safe to repeat."""
    made = []
    try:
        for number, picture in enumerate(pages.page_pictures(store().path(file.sha256), name=file.name), start=1):
            sha256, _ = store().put(io.BytesIO(_for_reading(picture)))
            row, _ = ScanPage.objects.get_or_create(file=file, number=number, defaults={"picture_sha256": sha256})
            made.append(row)
    except Unacceptable as error:
        raise Refused(error.words.zh, error.words.en, field="files", code="file") from error
    return made


def read_scan_page(page_id: int) -> None:
    """Reads one page; the worker calls this. A page already read is left alone; a failure is kept for the clerk to see."""
    page = ScanPage.objects.select_related("file").get(pk=page_id)
    if page.state == ScanPage.State.DONE:
        return
    ScanPage.objects.filter(pk=page_id).update(state=ScanPage.State.READING)
    began = time.monotonic()
    try:
        found = reading.read_page(_picture(page))
    except Unacceptable:
        ScanPage.objects.filter(pk=page_id).update(state=ScanPage.State.FAILED)
        return
    _keep_text(page, found, seconds=time.monotonic() - began)


def _picture(page: ScanPage) -> Image.Image:
    """The page as it was drawn when the scan came; it is read from there, so that a long scan is drawn only once."""
    with open_content(page.picture_sha256) as kept:
        return Image.open(io.BytesIO(kept.read()), formats=("JPEG",))


def _keep_text(page: ScanPage, found: reading.PageText, *, seconds: float) -> None:
    lines = [{"text": line.text, "box": list(line.box), "doubtful": line.doubtful} for line in found.lines]
    changes: dict[str, Any] = {
        "state": ScanPage.State.DONE,
        "text": found.text,
        "lines": lines,
        "seconds": round(seconds, 2),
    }
    if found.turned:
        picture = _picture(page).rotate(-found.turned, expand=True)
        changes["picture_sha256"], _ = store().put(io.BytesIO(_for_reading(picture)))
    with transaction.atomic():
        ScanPage.objects.filter(pk=page.pk).update(**changes)


def _for_reading(picture: Image.Image) -> bytes:
    """A page large enough to be read, as JPEG without metadata."""
    return pages.web_image(picture, long_side=pages.LONG_SIDE, quality=88)


def _file_name(name: str) -> str:
    """The last part of a name, without control characters, at most 200 characters with its ending kept."""
    plain = (
        "".join(character for character in name.replace("\\", "/").split("/")[-1] if character.isprintable()).strip()
        or "untitled"
    )
    if len(plain) <= NAME_LENGTH:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return stem[: NAME_LENGTH - len(ending) - 1] + dot + ending if dot and len(ending) < 10 else plain[:NAME_LENGTH]
