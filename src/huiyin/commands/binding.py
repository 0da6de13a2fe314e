"""Where the server listens: reads HOST:PORT and tells in a sentence why that can't be."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass

from huiyin.kernel.errors import Refused

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


@dataclass(frozen=True)
class Binding:
    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to type on this machine."""
        host = EVERYWHERE.get(self.host, self.host)
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def read(typed: str) -> Binding:
    """HOST:PORT, [IPV6]:PORT or PORT alone (this machine only). Raises Refused."""
    host, _, port = typed.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]") or "127.0.0.1"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535) or typed.strip().startswith(":"):
        raise Refused(
            f"--bind “{typed}”看不懂，请写 地址:端口，端口是1到65535，例如 127.0.0.1:8000。",
            f"--bind “{typed}” can't be read; write HOST:PORT with a port from 1 to 65535, such as 127.0.0.1:8000.",
        )
    return Binding(host, int(port))


def check_free(binding: Binding) -> None:
    """Raises Refused if nobody could listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            binding.host, binding.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise _refusal(binding, error) from None


def _refusal(binding: Binding, error: OSError) -> Refused:
    host, port = binding.host, binding.port
    if error.errno == errno.EADDRINUSE:
        return Refused(
            f"端口{port}已经有程序在用，可能回音已经开着。换一个端口：huiyin serve --bind {host}:{port % 65535 + 1}",
            f"Port {port} is in use, maybe by Huiyin itself. Take another: huiyin serve --bind {host}:{port % 65535 + 1}",
        )
    if error.errno == errno.EACCES:
        return Refused(
            f"端口{port}不让普通账号用，请换一个1024以上的端口。",
            f"Port {port} is reserved for the system; take one above 1024.",
        )
    return Refused(
        f"“{host}”不是这台机器的地址。只在本机用写127.0.0.1，让别的电脑也能打开写0.0.0.0。",
        f"“{host}” is no address of this machine. Write 127.0.0.1 for this machine alone, 0.0.0.0 for others too.",
    )
