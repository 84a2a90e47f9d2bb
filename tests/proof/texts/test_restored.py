"""Three hundred of four hundred had left, fifty of them when the backup was made."""

from __future__ import annotations

import pytest

from tests.provider.fixtures import stand_in, twilio
from tests.provider.process import Provider
from tests.restores import Vault, nobody_is_texted_twice, vault

__all__ = ["stand_in", "twilio", "vault"]


@pytest.mark.proves("B-05")
def test_after_a_restore_nobody_of_four_hundred_is_texted_twice(vault: Vault, twilio: Provider):
    nobody_is_texted_twice(vault, twilio, first=50, then=250, last=100)
    assert (twilio.twice(), len(twilio.accepted())) == ([], 400)
