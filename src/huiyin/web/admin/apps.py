"""Pages for the three administrators."""

from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "huiyin.web.admin"
    label = "admin"
