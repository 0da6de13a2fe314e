"""The ledger: commitments to what was done, in a transparency log that others can check."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "huiyin.ledger"
    label = "ledger"
