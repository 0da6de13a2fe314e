"""Offices: the tree, what each is competent for, the calendar that counts for them."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "huiyin.orgs"
    label = "orgs"

    def ready(self) -> None:
        from huiyin.orgs import remedies
        from huiyin.settings.environment import refuse

        try:
            remedies.table()
        except ValueError as error:
            columns = ",".join(remedies.COLUMNS)
            refuse(
                "remedies.csv",
                f"数据文件夹里的这张表读不了（{error}）：要用UTF-8，每行各栏都填，栏目是{columns}。",
                f"can't read this table in the data folder ({error}): UTF-8, no empty cell, with the columns {columns}.",
            )
