"""Makes the files that people upload, the good ones and the hostile ones, as bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw

OFFICE = "http://schemas.openxmlformats.org"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def picture(size: tuple[int, int] = (300, 200), mode: str = "RGB") -> Image.Image:
    """Paper with a dark bar at its upper edge, so that one sees which way up it is."""
    made = Image.new(mode, size, "white" if mode != "1" else 1)
    ImageDraw.Draw(made).rectangle((0, 0, size[0], size[1] // 10), fill="black" if mode != "1" else 0)
    return made


def encoded(kind: str, *, size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    picture(size, mode).save(out, kind, **options)
    return out.getvalue()


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A small and complete PNG whose header promises that many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(width // 8 + 1), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_of_claimed_size(width: int, height: int) -> bytes:
    data = bytearray(encoded("JPEG", size=(64, 64)))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def tiff(pages: int = 1, *, size: tuple[int, int] = (300, 200), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    first, *others = [picture(size, mode) for _ in range(pages)]
    first.save(out, "TIFF", save_all=True, append_images=others)
    return out.getvalue()


def endless_tiff() -> bytes:
    """A directory that names itself as the next one."""
    tags = ((256, 4, 1, 10), (257, 4, 1, 10), (273, 4, 1, 8), (279, 4, 1, 8))
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\x00" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", 8) + bytes(100)


class Pdf:
    """A PDF put together from raw objects, numbered from 1 in the order in which they are added."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def add_stream(self, content: bytes, entries: bytes = b"") -> int:
        head = b"<< /Length %d %s >>" % (len(content), entries)
        return self.add(head + b"\nstream\n" + content + b"\nendstream")

    def data(self, *, root: int = 1) -> bytes:
        out, places = bytearray(b"%PDF-1.7\n"), []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
        return bytes(out)


def pdf(
    pages: int = 1, *, box: str = "0 0 595 842", content: bytes = b"", entries: bytes = b"", count: int | None = None
) -> bytes:
    """A PDF of equal pages that share one content stream; `count` is what it claims to have."""
    made = Pdf()
    made.add(b"<< /Type /Catalog /Pages 2 0 R >>")
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(pages))
    made.add(b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages if count is None else count))
    made.add_stream(content or b"0 0 0 rg 0 758 595 84 re f", entries)
    for _ in range(pages):
        made.add(b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 3 0 R >>" % box.encode())
    return made.data()


def deflated(size: int, layers: int = 1) -> bytes:
    """That many bytes of blanks, deflated that many times over."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def package(parts: dict[str, str | bytes], *, main: str = SHEET_TYPE, blanks: dict[str, int] | None = None) -> bytes:
    """A zip file with a content type of its own, these parts, and parts of so many bytes of blanks."""
    types = (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in {"[Content_Types].xml": types, **parts}.items():
            archive.writestr(name, content)
        for name, size in (blanks or {}).items():
            with archive.open(name, "w") as part:
                for _ in range(size >> 20):
                    part.write(b" " * (1 << 20))
    return out.getvalue()


def docx() -> bytes:
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.add_paragraph("关于取暖补贴的情况说明")
    made.save(out)
    return out.getvalue()


def xlsx(
    rows: str,
    *,
    strings: str = "",
    styles: str = "",
    sheets: tuple[tuple[str, str], ...] = (("名册", "visible"),),
    properties: str = "",
) -> bytes:
    """A workbook whose sheets all hold the given rows of raw XML; `sheets` are (name, state)."""
    office = f"{OFFICE}/officeDocument/2006/relationships"
    listed = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, state) in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "_rels/.rels": _links(f'<Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{OFFICE}/spreadsheetml/2006/main" xmlns:r="{office}">'
        f"<workbookPr {properties}/><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            f'{links}<Relationship Id="s" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="t" Type="{office}/styles" Target="/xl/styles.xml"/>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{OFFICE}/spreadsheetml/2006/main">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{OFFICE}/spreadsheetml/2006/main">{styles}</styleSheet>',
    }
    for at in range(1, len(sheets) + 1):
        body = f'<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
        parts[f"xl/worksheets/sheet{at}.xml"] = body
    return package(parts)


def _links(links: str) -> str:
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{links}</Relationships>'
