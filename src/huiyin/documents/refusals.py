"""The sentences with which a file is refused: what is wrong with it, and what to do.

A refusal never blames the person and never loses what was typed: the page that asked for the file keeps
its other fields and shows these words. Each sentence has a code, so that tests and the API can tell them apart.
"""

from __future__ import annotations

from typing import Any

from huiyin.procedure.words import Words


class Unacceptable(Exception):
    """A file that can't be taken. `words` says why and what to do; `code` is a key of `REFUSALS`."""

    def __init__(self, words: Words, code: str = "") -> None:
        super().__init__(words.en)
        self.words = words
        self.code = code


def refusal(code: str, **facts: Any) -> Unacceptable:
    """The exception for a code of `REFUSALS`, its sentence filled with facts (Words say their own language)."""
    sentence = REFUSALS[code]
    zh = {key: value.zh if isinstance(value, Words) else value for key, value in facts.items()}
    en = {key: value.en if isinstance(value, Words) else value for key, value in facts.items()}
    return Unacceptable(Words(sentence.zh.format(**zh), sentence.en.format(**en)), code)


def shown(name: str) -> str:
    """A file name fit for a sentence: last part only, no control characters, at most 60 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in last if c.isprintable()) or "?"
    return plain if len(plain) <= 60 else f"{plain[:40]}…{plain[-16:]}"


REFUSALS: dict[str, Words] = {
    "empty": Words(
        "文件“{name}”里没有内容（0字节）。请重新选择文件；如果是扫描件，请重新扫描后再上传。",
        "The file “{name}” is empty (0 bytes). Choose it again; if it is a scan, scan the page again.",
    ),
    "too-large": Words(
        "文件“{name}”超过{limit}MB，没有收下。请分成几个文件，或者用较低的分辨率（200–300 dpi）重新扫描。",
        "The file “{name}” is larger than {limit} MB and was not taken. "
        "Split it, or scan again at a lower resolution (200–300 dpi).",
    ),
    "program": Words(
        "文件“{name}”其实是一个程序，不是文档或图片，没有收下。请选择信件的扫描件、照片或文档。",
        "The file “{name}” is really a program, not a document or picture, and was not taken. "
        "Choose the scan, photo or document itself.",
    ),
    "unknown": Words(
        "看不出文件“{name}”是什么类型，没有收下。请上传{allowed}。",
        "What kind of file “{name}” is can't be told, so it was not taken. Please upload {allowed}.",
    ),
    "not-allowed": Words(
        "文件“{name}”是{kind}，这里不能用。请上传{allowed}。",
        "The file “{name}” is {kind}, which can't be used here. Please upload {allowed}.",
    ),
    "truncated": Words(
        "文件“{name}”不完整，可能只传了一半。请重新上传；如果还是这样，请重新扫描或重新导出。",
        "The file “{name}” is incomplete; perhaps only half of it arrived. Upload it again; "
        "if that does not help, scan or export it again.",
    ),
    "damaged": Words(
        "文件“{name}”打不开，内容已损坏。请在原来的设备上打开看一看，再重新保存或重新扫描后上传。",
        "The file “{name}” can't be opened: its content is damaged. Check it where it came from, "
        "then save or scan it again and upload that.",
    ),
    "too-many-pixels": Words(
        "图片“{name}”有{width}×{height}点，太大了（最多{limit}00万点）。请缩小图片，或者用300 dpi重新扫描。",
        "The picture “{name}” is {width} × {height} pixels, which is too large (at most {limit} million). "
        "Make it smaller, or scan again at 300 dpi.",
    ),
    "too-many-pages": Words(
        "文件“{name}”超过{limit}页。请分成几个文件上传。",
        "The file “{name}” has more than {limit} pages. Please split it into several files.",
    ),
    "page-too-big": Words(
        "文件“{name}”第{page}页的纸张大得不合常理（{width}×{height}毫米）。请按A4或A3重新扫描或导出。",
        "Page {page} of “{name}” has an impossible paper size ({width} × {height} mm). "
        "Scan or export it again as A4 or A3.",
    ),
    "password": Words(
        "文件“{name}”有密码，打不开。请去掉密码后另存一份再上传。",
        "The file “{name}” is protected by a password. Save a copy without the password and upload that.",
    ),
    "bomb": Words(
        "文件“{name}”展开后大得不合常理，为保护系统没有收下。请用原来的软件重新保存一份，或者转成PDF、拍照后上传。",
        "The file “{name}” unpacks to an unreasonable size and was not taken, to protect the system. "
        "Save it again in its own program, or upload it as a PDF or photo.",
    ),
    "too-costly": Words(
        "文件“{name}”太复杂，在允许的时间和内存里打不开。请重新保存一份，或者打印后扫描、拍照上传。",
        "The file “{name}” is too complicated to be opened within the allowed time and memory. "
        "Save it again, or print it and upload a scan or photo.",
    ),
    "macros": Words(
        "文件“{name}”里带有宏程序，没有收下。请另存为不带宏的.docx或.xlsx再上传。",
        "The file “{name}” contains macros and was not taken. Save it as .docx or .xlsx without macros.",
    ),
    "moving-picture": Words(
        "图片“{name}”是动图，没有收下。请上传静止的照片（JPG或PNG）。",
        "The picture “{name}” is animated and was not taken. Upload a still photo (JPG or PNG).",
    ),
    "encoding": Words(
        "文件“{name}”的文字编码认不出来（第{line}行附近）。请在记事本或Excel里另存为UTF-8编码再上传。",
        "The text encoding of “{name}” is not known (near line {line}). "
        "Save it as UTF-8 in Notepad or Excel and upload it again.",
    ),
    "not-a-table": Words(
        "文件“{name}”不是能读的表格。请用.xlsx、.xls、.csv（UTF-8或GB18030）或.jsonl文件。",
        "The file “{name}” is not a table that can be read. Use .xlsx, .xls, .csv (UTF-8 or GB18030) or .jsonl.",
    ),
    "page-as-table": Words(
        "文件“{name}”名字像表格，其实是网页。请用Excel或WPS打开，另存为.xlsx再上传。",
        "The file “{name}” is named like a spreadsheet but is a web page inside. "
        "Open it in Excel or WPS, save it as .xlsx and upload that.",
    ),
    "other-spreadsheet": Words(
        "文件“{name}”是{kind}表格。请用Excel或WPS打开，另存为.xlsx再上传。",
        "The file “{name}” is a spreadsheet of the kind {kind}. Open it in Excel or WPS, save it as .xlsx.",
    ),
    "no-rows": Words(
        "表格“{name}”里没有内容。请检查是不是选错了文件或工作表。",
        "The table “{name}” has nothing in it. Check that it is the right file and sheet.",
    ),
    "no-sheet": Words(
        "表格“{name}”里没有名为“{sheet}”的工作表。里面有：{sheets}。",
        "The file “{name}” has no sheet named “{sheet}”. It has: {sheets}.",
    ),
    "too-many-columns": Words(
        "表格“{name}”超过{limit}列。请只留下需要的列。",
        "The table “{name}” has more than {limit} columns. Keep only the columns that are needed.",
    ),
    "row-too-long": Words(
        "表格“{name}”第{line}行太长，读不下去。多半是前面少了一个英文引号，请检查这一行。",
        "Row {line} of “{name}” is too long to be read. Most likely a quotation mark is missing "
        "there or before; check that row.",
    ),
    "too-many-rows": Words(
        "一张工作表最多写{limit}行，写不下。请分成几个文件。",
        "One sheet holds at most {limit} rows. Split it into several files.",
    ),
    "no-reader": Words(
        "这台电脑没有装文字识别组件，扫描件照样保存，文字请手工录入。要自动识别，请管理员运行：pip install 'huiyin[ocr]'",
        "The text reader is not installed on this computer. The scan is kept; please type the text. "
        "For automatic reading the administrator runs: pip install 'huiyin[ocr]'",
    ),
}

KINDS: dict[str, Words] = {
    "jpeg": Words("JPG图片", "a JPG picture"),
    "png": Words("PNG图片", "a PNG picture"),
    "tiff": Words("TIFF图片", "a TIFF picture"),
    "webp": Words("WEBP图片", "a WEBP picture"),
    "pdf": Words("PDF文件", "a PDF"),
    "docx": Words("Word文档", "a Word document"),
    "xlsx": Words("Excel表格", "an Excel sheet"),
    "txt": Words("文本文件", "a text file"),
    "gif": Words("GIF图片", "a GIF picture"),
    "bmp": Words("BMP图片", "a BMP picture"),
    "heic": Words("苹果手机的HEIC照片（可在手机上转成JPG）", "an iPhone HEIC photo (the phone can turn it into JPG)"),
    "svg": Words("SVG图形", "an SVG drawing"),
    "html": Words("网页", "a web page"),
    "xml": Words("XML数据", "XML data"),
    "rtf": Words("RTF文档（可另存为.docx）", "an RTF document (save it as .docx)"),
    "office97": Words(
        "旧版Office文件（可另存为.docx、.xlsx或PDF）", "an old Office file (save it as .docx, .xlsx or PDF)"
    ),
    "pptx": Words("演示文稿（可另存为PDF）", "a presentation (save it as PDF)"),
    "ofd": Words("OFD版式文件（可另存为PDF）", "an OFD document (save it as PDF)"),
    "opendocument": Words(
        "OpenDocument文件（可另存为.docx或.xlsx）", "an OpenDocument file (save it as .docx or .xlsx)"
    ),
    "archive": Words("压缩包（请解压后逐个上传）", "an archive (unpack it and upload the files one by one)"),
    "media": Words("音频或视频", "a sound or film file"),
}
