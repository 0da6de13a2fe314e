"""What a file is comes from its content; whatever it is not gets a sentence, quickly and in little memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.documents.inspection import ATTACHMENTS, SCANS, Limits, Unacceptable, inspect
from tests.documents import files
from tests.documents.cost import cost_of

SECONDS, MEGABYTES = 2.0, 300


def code_of(data: bytes, *, name: str = "信件.jpg", allowed: tuple[str, ...] = ATTACHMENTS, **limits: int) -> str:
    """The code of the refusal; its sentences must be complete and name the file."""
    with pytest.raises(Unacceptable) as refused:
        inspect(io.BytesIO(data), name=name, allowed=allowed, limits=Limits(**limits))  # type: ignore[arg-type]
    for sentence in (refused.value.words.zh, refused.value.words.en):
        assert "{" not in sentence
        assert name[:20] in sentence
    return refused.value.code


GOOD = {
    "jpg": (files.encoded("JPEG"), "image/jpeg", 1),
    "png": (files.encoded("PNG"), "image/png", 1),
    "webp": (files.encoded("WEBP"), "image/webp", 1),
    "tif": (files.tiff(3), "image/tiff", 3),
    "pdf": (files.pdf(4), "application/pdf", 4),
    "docx": (files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
    "xlsx": (files.xlsx(""), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", None),
    "txt": ("来信内容：䶮、𠮷\n".encode(), "text/plain", None),
}


@pytest.mark.parametrize("extension", GOOD)
def test_a_good_file_is_known_by_its_content_whatever_its_name(extension: str) -> None:
    data, mime, pages = GOOD[extension]
    found = inspect(io.BytesIO(data), name="随便.bin")
    assert (found.mime, found.extension, found.pages, found.size) == (mime, extension, pages, len(data))


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "tif"])
def test_pictures_tell_their_size(extension: str) -> None:
    found = inspect(io.BytesIO(GOOD[extension][0]), name="x")
    assert (found.width, found.height) == (300, 200)


@pytest.mark.parametrize("kind", ["lossless", "lossy", "alpha"])
def test_every_kind_of_webp_tells_its_size(kind: str) -> None:
    data = files.encoded("WEBP", mode="RGBA" if kind == "alpha" else "RGB", lossless=kind == "lossless")
    found = inspect(io.BytesIO(data), name="x")
    assert (found.width, found.height) == (300, 200)


@pytest.mark.parametrize(
    ("encoding", "charset"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("utf-16", "utf-16")]
)
def test_the_character_set_of_a_text_is_found(encoding: str, charset: str) -> None:
    data = "退休职工来信，请予答复。𠮷".encode(encoding)
    assert inspect(io.BytesIO(data), name="信.txt").charset == charset


def test_a_path_is_read_as_well_as_a_stream_and_a_stream_is_left_at_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(GOOD["png"][0])
    with path.open("rb") as stream:
        stream.seek(7)
        assert inspect(stream, name="a") == inspect(path, name="a")
        assert stream.tell() == 0


def test_a_cmyk_or_progressive_jpeg_and_a_big_endian_tiff_are_taken() -> None:
    big_endian = io.BytesIO()
    files.picture().save(big_endian, "TIFF", big_endian=True)
    for data in (files.encoded("JPEG", mode="CMYK"), files.encoded("JPEG", progressive=True), big_endian.getvalue()):
        assert inspect(io.BytesIO(data), name="x").width == 300


def test_a_jpeg_with_a_thumbnail_inside_is_measured_by_its_own_frame() -> None:
    whole, small = files.encoded("JPEG"), files.encoded("JPEG", size=(20, 20))
    segment = b"\xff\xe1" + struct.pack(">H", len(small) + 2) + small
    assert inspect(io.BytesIO(whole[:2] + segment + whole[2:]), name="x").width == 300


# --- what is refused -----------------------------------------------------------------------------------------------

NOT_TAKEN = {
    "an empty file": (b"", "empty"),
    "a Windows program": (b"MZ\x90\x00\x03" + bytes(300), "program"),
    "a Linux program": (b"\x7fELF\x02\x01\x01" + bytes(300), "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "a GIF": (files.encoded("GIF"), "not-allowed"),
    "a BMP": (files.encoded("BMP"), "not-allowed"),
    "an iPhone photo": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "not-allowed"),
    "an SVG": (b'<?xml version="1.0"?><!-- a --><svg onload="alert(1)"/>', "not-allowed"),
    "a web page": (b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>", "not-allowed"),
    "a web page after comments": (b"<!-- a --><!-- b -->\n<body onload=x>", "not-allowed"),
    "XML": (b"<?xml version='1.0'?><a/>", "not-allowed"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not-allowed"),
    "a locked Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "a RAR archive": (b"Rar!\x1a\x07\x00" + bytes(60), "not-allowed"),
    "a film": (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "not-allowed"),
    "bytes without sense": (bytes(range(256)) * 4, "unknown"),
    "a text with a NUL": (b"hello\x00world", "unknown"),
}


@pytest.mark.parametrize("what", NOT_TAKEN)
def test_refused_with_the_reason(what: str) -> None:
    data, code = NOT_TAKEN[what]
    assert code_of(data) == code


@pytest.mark.parametrize("extension", ["webp", "docx", "xlsx", "txt"])
def test_a_scan_must_be_a_picture_or_a_pdf(extension: str) -> None:
    assert code_of(GOOD[extension][0], allowed=SCANS) == "not-allowed"


def test_a_file_above_the_limit_is_refused_without_being_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.given += len(buffer)
            return len(buffer)

    source = Endless()
    with pytest.raises(Unacceptable) as refused:
        inspect(io.BufferedReader(source), name="大.jpg", limits=Limits(size=1 << 20))
    assert refused.value.code == "too-large"
    assert source.given < 3 << 20


@pytest.mark.parametrize("extension", ["jpg", "png", "webp", "tif", "pdf", "docx", "xlsx"])
@pytest.mark.parametrize("part", [0.3, 0.5, 0.9, 0.99])
def test_half_an_upload_is_said_to_be_incomplete(extension: str, part: float) -> None:
    data = GOOD[extension][0]
    assert code_of(data[: int(len(data) * part)]) == "truncated"


def test_a_progressive_jpeg_cut_between_its_scans_is_incomplete() -> None:
    noise = io.BytesIO()
    files.picture((400, 400)).effect_spread(80).save(noise, "JPEG", progressive=True)
    data = noise.getvalue()
    for cut in range(data.index(b"\xff\xda"), len(data) - 1, max(1, len(data) // 25)):
        assert code_of(data[:cut]) == "truncated"


def test_a_linearised_pdf_cut_after_its_first_end_mark_is_incomplete() -> None:
    data = files.pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n9 0 obj << /Linearized 1 /L 999999 >> endobj\n", 1)
    assert code_of(data) == "truncated"


def test_a_png_with_a_wrong_checksum_is_damaged() -> None:
    data = bytearray(GOOD["png"][0])
    data[-20] ^= 0xFF
    assert code_of(bytes(data)) == "damaged"


def test_a_moving_png_or_webp_is_refused() -> None:
    frames = [files.picture((20, 20)), files.picture((20, 20)).rotate(90)]
    for kind in ("PNG", "WEBP"):
        out = io.BytesIO()
        frames[0].save(out, kind, save_all=True, append_images=frames[1:])
        assert code_of(out.getvalue()) == "moving-picture"


def test_a_pdf_with_a_password_is_refused_with_the_way_out(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(files.pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert code_of(out.getvalue()) == "password"


def test_documents_with_macros_are_refused() -> None:
    types = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert code_of(files.package({"xl/workbook.xml": ""}, main=types)) == "macros"
    assert code_of(files.package({"word/vbaProject.bin": "x"}, main=files.WORD_TYPE)) == "macros"


def test_other_packages_are_named() -> None:
    plain, ofd, odt = io.BytesIO(), io.BytesIO(), io.BytesIO()
    for out, name, content in (
        (plain, "信.txt", "a"),
        (ofd, "OFD.xml", "<a/>"),
        (odt, "mimetype", "application/vnd.oasis.opendocument.text"),
    ):
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, content)
    for out, word in ((plain, "压缩包"), (ofd, "OFD"), (odt, "OpenDocument")):
        with pytest.raises(Unacceptable) as refused:
            inspect(io.BytesIO(out.getvalue()), name="x")
        assert word in refused.value.words.zh


def test_a_locked_part_in_a_package_asks_for_a_copy_without_password() -> None:
    data = bytearray(GOOD["xlsx"][0])
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # the "encrypted" bit of every entry, here and in its own header
        data[at + 8] |= 1
        data[struct.unpack_from("<I", data, at + 42)[0] + 6] |= 1
        at += 4
    assert code_of(bytes(data)) == "password"


# --- hostile files: quick and small --------------------------------------------------------------------------------


def many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", "")
    return out.getvalue()


def deep_page_tree() -> bytes:
    made = files.Pdf()
    made.add(b"<< /Type /Catalog /Pages 2 0 R >>")
    for number in range(2, 20_000):
        made.add(b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % (number + 1))
    made.add(b"<< /Type /Page /MediaBox [0 0 9 9] >>")
    return made.data()


def looping_page_tree() -> bytes:
    made = files.Pdf()
    made.add(b"<< /Type /Catalog /Pages 2 0 R >>")
    made.add(b"<< /Type /Pages /Count 100000 /Kids [%s] >>" % (b"2 0 R " * 1000))
    return made.data()


HOSTILE = {
    "a PNG of 400 megapixels": (lambda: files.png_of_claimed_size(20_000, 20_000), "too-many-pixels"),
    "a PNG that is a kilometre long": (lambda: files.png_of_claimed_size(2_000_000_000, 1), "too-many-pixels"),
    "a JPEG of 400 megapixels": (lambda: files.jpeg_of_claimed_size(20_000, 20_000), "too-many-pixels"),
    "a JPEG of tiny segments": (
        lambda: b"\xff\xd8" + b"\xff\xe0\x00\x02" * 5_000_000 + b"\xff\xd9",
        "too-costly",
    ),
    "a JPEG of markers only": (lambda: b"\xff\xd8\xff" + b"\xff" * 20_000_000, "truncated"),
    "a TIFF that runs in a circle": (files.endless_tiff, "too-many-pages"),
    "a zip bomb in a workbook": (lambda: files.package({}, blanks={"xl/workbook.xml": 400 << 20}), "bomb"),
    "many parts that unpack to much": (
        lambda: files.package({}, blanks={f"xl/{n}.xml": 20 << 20 for n in range(20)}),
        "bomb",
    ),
    "twenty thousand entries": (many_entries, "bomb"),
    "a PDF that claims a million pages": (lambda: files.pdf(1, count=1_000_000), "too-many-pages"),
    "a PDF of five thousand pages": (lambda: files.pdf(5_000), "too-many-pages"),
    "a PDF page of forty kilometres": (lambda: files.pdf(box="0 0 99999999 99999999"), "page-too-big"),
    "a PDF whose text unpacks to 200 MB": (
        lambda: files.pdf(content=files.deflated(200 << 20), entries=b"/Filter /FlateDecode"),
        "bomb",
    ),
    "a PDF deflated twice": (
        lambda: files.pdf(content=files.deflated(256 << 20, 2), entries=b"/Filter [/FlateDecode /FlateDecode]"),
        "bomb",
    ),
    "a PDF with a picture of 4 gigapixels": (
        lambda: files.pdf(content=b"x", entries=b"/Subtype /Image /Width 65000 /Height 65000"),
        "bomb",
    ),
    "a PDF whose pages never end": (looping_page_tree, None),
    "a PDF nested twenty thousand deep": (deep_page_tree, None),
    "a PDF of open brackets": (lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 20_000_000 + b"\n%%EOF", None),
    "a PDF of stream words": (lambda: files.pdf(content=b"stream\n" * 3_000_000), "too-costly"),
    "fifty megabytes of text": (lambda: b"a" * (50 << 20), "taken"),
    "fifty megabytes of markup": (lambda: b"<!---->" * (7 << 20), "taken"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_costs_little(what: str, tmp_path: Path) -> None:
    make, code = HOSTILE[what]
    path = tmp_path / "hostile"
    path.write_bytes(make())
    cost = cost_of("inspection.inspect(path, name='x') and 'taken'", path)
    assert cost.seconds < SECONDS
    assert cost.megabytes < MEGABYTES
    assert code is None or cost.answer == code


def test_a_packages_declared_size_is_not_believed(tmp_path: Path) -> None:
    """A part that says ten bytes and unpacks to a hundred million is stopped by its checksum after ten."""
    data = bytearray(files.package({}, blanks={"xl/workbook.xml": 100 << 20}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    cost = cost_of("inspection.inspect(path, name='x') and 'taken'", path)
    assert cost.answer == "damaged"
    assert cost.megabytes < MEGABYTES


# --- odd input -------------------------------------------------------------------------------------------------------


def inspect_or_refuse(data: bytes) -> None:
    for allowed in (SCANS, ATTACHMENTS):
        try:
            found = inspect(io.BytesIO(data), name="x", allowed=allowed)
        except Unacceptable as refused:
            assert refused.words.zh
            assert refused.words.en
        else:
            assert found.size == len(data)


MAGIC = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"RIFF\x10\x00\x00\x00WEBP", b"PK\x03\x04"]


@given(st.sampled_from(MAGIC), st.binary(max_size=400))
def test_any_bytes_are_taken_or_refused_in_words(magic: bytes, rest: bytes) -> None:
    inspect_or_refuse(magic + rest)


@settings(max_examples=300)
@given(st.sampled_from(sorted(set(GOOD) - {"pdf"})), st.randoms(use_true_random=False))
def test_any_damage_to_a_good_file_is_taken_or_refused_in_words(extension: str, chance: random.Random) -> None:
    inspect_or_refuse(damaged(GOOD[extension][0], chance))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_damage_to_a_pdf_is_taken_or_refused_in_words(chance: random.Random) -> None:
    inspect_or_refuse(damaged(GOOD["pdf"][0], chance))


def damaged(good: bytes, chance: random.Random) -> bytes:
    data = bytearray(good)
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    return bytes(data)


@given(st.text(max_size=300))
def test_any_file_name_can_be_shown(name: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        inspect(io.BytesIO(b""), name=name)
    assert len(refused.value.words.zh) < 200
    assert refused.value.words.zh.isprintable()
