"""Offices: the tree, what each is competent for, the calendar that counts for them."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "huiyin.orgs"
    label = "orgs"
