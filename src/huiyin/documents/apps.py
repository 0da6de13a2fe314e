"""Documents: files as they came, their pages as read, and the letters that go out."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "huiyin.documents"
    label = "documents"
