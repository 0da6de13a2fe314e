"""The whole file of a case as one zip that opens anywhere and carries its own proof.

Holds index.html (Chinese) and index.en.html, index.json, events.jsonl, letters/ (PDF/A, Word), attachments/ as they came, and
MANIFEST.sha256 in the form of sha256sum. The same case gives the same bytes.
"""

from __future__ import annotations

from huiyin.cases.archive.checking import check_bundle
from huiyin.cases.archive.packing import file_name, write, write_to

__all__ = ["check_bundle", "file_name", "write", "write_to"]
