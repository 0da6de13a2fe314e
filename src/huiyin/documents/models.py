"""Files as they came (never altered, named by their SHA-256) and the pages read from scans."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file that someone handed in or that Huiyin made; the bytes lie in the file store under `sha256`."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=100)
    extension = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    pages = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class ScanPage(models.Model):
    """One page of a scan: its picture for the screen, and the text that was read from it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待读取")
        READING = "reading", _("正在读取")
        DONE = "done", _("读完了")
        FAILED = "failed", _("没有读出")

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="scan_pages")
    number = models.PositiveIntegerField()
    picture_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(blank=True)
    lines = models.JSONField(default=list)
    seconds = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="scan_page_once")]
        indexes = [models.Index(fields=["state"], name="scan_page_state")]
        ordering = ["file_id", "number"]
