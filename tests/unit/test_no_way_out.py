"""No test talks to anybody but this machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use")
@pytest.mark.proves("E-04")
@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_connection_to_another_machine_is_refused_before_it_is_made(host: str):
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection((host, 443), timeout=0.5)


@pytest.mark.proves("E-04")
def test_this_machine_may_be_asked():
    with socket.socket() as door, socket.socket() as caller:
        door.bind(("127.0.0.1", 0))
        door.listen()
        caller.connect(door.getsockname())
        assert caller.getpeername() == door.getsockname()
