from tests.mails.subscribers import carols_board

import pytest


@pytest.fixture
def board(tracked):
    return carols_board(tracked)
