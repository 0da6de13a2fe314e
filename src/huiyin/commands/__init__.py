"""The house of the commands: one module each, imported only when its command is called.

Commands read the clock and the environment, call services, and say what happened in Chinese and English.
They raise kernel.errors.Refused for input that must be mended; `__main__` prints it and ends with exit code 2.
"""

from __future__ import annotations

import os


def start_django() -> None:
    """Sets Django up with Huiyin's settings; commands that need models call this before they import them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
    import django

    django.setup()


def prepare_database() -> None:
    """Makes the tables, or brings them up to date; nothing happens if they are. Refused where no database answers."""
    from django.core.management import call_command

    _reach_database()
    call_command("migrate", verbosity=0, interactive=False)


def open_installation() -> None:
    """Sets Django up for a command that works on what an installation holds. Refused where none is set up."""
    start_django()
    from huiyin.kernel.errors import Refused

    _reach_database()
    if not _is_set_up():
        raise Refused(
            "这个数据文件夹里还没有建立单位。先运行 huiyin init，或者用 huiyin demo 装入演示数据。",
            "No office is set up in this data folder. Run huiyin init first, or huiyin demo for a demonstration.",
            code="set-up",
        )


def look_at_the_ledger() -> None:
    """Says on stderr if the head of the ledger is not what was signed. The work goes on; only the ledger is not continued."""
    import click

    from huiyin.ledger import sequencing

    if not sequencing.is_sound():
        click.echo(
            "存证账和最后一次签名对不上：有人绕过程序改了数据，或者签名的密钥换了。其余照常，存证先停。请运行 huiyin verify 看是哪里。\n"
            "The ledger is not what was last signed: data were changed past the program, or the key is another one. Everything else "
            "goes on, the ledger does not. Run huiyin verify to see where.",
            err=True,
        )


def _reach_database() -> None:
    from django.db import OperationalError, connection

    from huiyin.kernel.errors import Refused

    try:
        connection.ensure_connection()
    except OperationalError as error:
        why = str(error).partition("\n")[0]
        raise Refused(
            f"连不上数据库（{why}）。请检查 DATABASE_URL，并看数据库是否开着。",
            f"The database can't be reached ({why}). Check DATABASE_URL and whether the database runs.",
            code="database",
        ) from error


def _is_set_up() -> bool:
    from django.db import DatabaseError, transaction

    from huiyin.orgs import queries as orgs

    try:
        with transaction.atomic():
            return orgs.installation() is not None
    except DatabaseError:
        return False  # the tables are not there
