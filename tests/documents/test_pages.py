"""A scan becomes pictures of its pages: upright, of bounded size, without hidden content, one at a time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from huiyin.documents.inspection import Limits, Unacceptable
from huiyin.documents.pages import LONG_SIDE, page_pictures, thumbnail, web_image
from tests.documents import files
from tests.documents.cost import cost_of


def pages_of(data: bytes, folder: Path, **limits: int) -> list[Image.Image]:
    path = folder / "scan"
    path.write_bytes(data)
    return list(page_pictures(path, name="扫描件", limits=Limits(**limits)))  # type: ignore[arg-type]


def is_dark(picture: Image.Image, across: float, down: float) -> bool:
    at = (int(across * (picture.width - 1)), int(down * (picture.height - 1)))
    return int(picture.convert("L").getpixel(at)) < 100  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_is_one_page(kind: str, tmp_path: Path) -> None:
    (page,) = pages_of(files.encoded(kind), tmp_path)
    assert page.size == (300, 200)
    assert is_dark(page, 0.5, 0.02)
    assert not is_dark(page, 0.5, 0.9)


def test_a_tiff_and_a_pdf_give_all_their_pages_in_order(tmp_path: Path) -> None:
    sizes = [(200, 300), (300, 200), (250, 250)]
    first, *others = [files.picture(size) for size in sizes]
    for kind in ("TIFF", "PDF"):
        out = io.BytesIO()
        first.save(out, kind, save_all=True, append_images=others)
        pages = pages_of(out.getvalue(), tmp_path)
        assert [round(page.width / page.height, 1) for page in pages] == [0.7, 1.5, 1.0]


def test_a_pdf_page_is_drawn_at_reading_size_upright_and_in_colour(tmp_path: Path) -> None:
    (page,) = pages_of(files.pdf(content=b"1 0 0 rg 0 758 595 84 re f"), tmp_path)
    assert max(page.size) == LONG_SIDE
    red, green, blue = page.getpixel((page.width // 2, 20))  # type: ignore[misc]
    assert red > 200
    assert green < 50
    assert blue < 50
    assert page.getpixel((page.width // 2, page.height - 20)) == (255, 255, 255)


def test_a_small_pdf_page_is_not_blown_up(tmp_path: Path) -> None:
    (page,) = pages_of(files.pdf(box="0 0 144 144"), tmp_path)
    assert page.size == (600, 600)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_by_its_note(orientation: int, tmp_path: Path) -> None:
    upright = files.picture((300, 200))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    note = Image.Exif()
    note[0x0112] = orientation
    out = io.BytesIO()
    stored.save(out, "JPEG", exif=note)
    (page,) = pages_of(out.getvalue(), tmp_path)
    assert page.size == (300, 200)
    assert is_dark(page, 0.5, 0.02)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_every_kind_of_colour_becomes_plain(mode: str, tmp_path: Path) -> None:
    base = files.picture((300, 200)).convert("L")
    made = base.point(lambda value: value * 257, "I").convert("I;16") if mode == "I;16" else base.convert(mode)
    out = io.BytesIO()
    made.save(out, "TIFF" if mode == "CMYK" else "PNG")
    (page,) = pages_of(out.getvalue(), tmp_path)
    assert page.mode in ("L", "RGB")
    assert is_dark(page, 0.5, 0.02)
    assert not is_dark(page, 0.5, 0.9)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    (page,) = pages_of(out.getvalue(), tmp_path)
    assert page.getpixel((25, 25)) == (255, 255, 255)


def test_a_large_scan_is_made_smaller_and_keeps_its_shape(tmp_path: Path) -> None:
    for kind in ("JPEG", "PNG", "TIFF"):
        (page,) = pages_of(files.encoded(kind, size=(3508, 4961), mode="L"), tmp_path)
        assert page.size == (round(3508 * LONG_SIDE / 4961), LONG_SIDE)


def test_a_thumbnail_inside_a_tiff_is_no_page(tmp_path: Path) -> None:
    small = files.picture((60, 40))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    out = io.BytesIO()
    files.picture().save(out, "TIFF", save_all=True, append_images=[small])
    assert len(pages_of(out.getvalue(), tmp_path)) == 1


def test_a_picture_damaged_in_the_middle_is_refused_in_words(tmp_path: Path) -> None:
    out = io.BytesIO()
    files.picture().save(out, "TIFF", compression="tiff_adobe_deflate")
    data = bytearray(out.getvalue())
    data[10:60] = bytes(50)
    with pytest.raises(Unacceptable) as refused:
        pages_of(bytes(data), tmp_path)
    assert refused.value.code == "damaged"


def test_a_web_image_carries_no_metadata() -> None:
    note = Image.Exif()
    note[0x010F] = "相机"
    note[0x0112] = 1
    out = io.BytesIO()
    files.picture((3000, 2000)).save(out, "JPEG", exif=note, comment=b"secret", icc_profile=b"x" * 200)
    made = Image.open(io.BytesIO(web_image(Image.open(out))))
    assert made.format == "JPEG"
    assert max(made.size) == 1600
    assert not made.getexif()
    assert not {"comment", "icc_profile", "exif"} & set(made.info)


def test_a_thumbnail_is_small() -> None:
    made = thumbnail(files.picture((2000, 3000)))
    assert len(made) < 20_000
    assert max(Image.open(io.BytesIO(made)).size) == 320


LAUGHS = b"".join(b"/F%d Do " % number for number in range(10))


def pdf_of_laughs() -> bytes:
    """Drawings that draw ten drawings that draw ten drawings …"""
    made = files.Pdf()
    made.add(b"<< /Type /Catalog /Pages 2 0 R >>")
    made.add(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    names = b" ".join(b"/F%d 5 0 R" % number for number in range(10))
    made.add(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << %s >> >> >>"
        % names
    )
    made.add_stream(LAUGHS)
    for level in range(5, 25):
        names = b" ".join(b"/F%d %d 0 R" % (number, level + 1) for number in range(10))
        made.add_stream(
            LAUGHS, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << %s >> >>" % names
        )
    made.add_stream(b"0 0 600 800 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]")
    return made.data()


def test_a_pdf_page_that_never_finishes_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of_laughs())
    cost = cost_of("len(list(pages.page_pictures(path, name='x')))", path)
    assert cost.answer == "too-costly"
    assert cost.seconds < 30


BIG = {
    "a plain JPEG of 88 megapixels": lambda: files.encoded("JPEG", size=(8000, 11_000)),
    "a PNG of 52 megapixels": lambda: files.encoded("PNG", size=(6500, 8000)),
    "a bilevel TIFF of 52 megapixels": lambda: files.tiff(3, size=(6500, 8000), mode="1"),
}


@pytest.mark.parametrize("what", BIG)
def test_the_largest_pages_taken_fit_into_memory(what: str, tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(BIG[what]())
    cost = cost_of("[max(page.size) for page in pages.page_pictures(path, name='x')]", path)
    assert set(cost.answer) == {LONG_SIDE}  # type: ignore[call-overload]
    assert cost.megabytes < 400
