"""What every refusal of bad input must be."""

import re

import pytest


def refusal(call, exception):
    """The message of exactly this exception, which must be one sentence on one line."""
    with pytest.raises(exception) as caught:
        call()
    assert caught.type is exception
    message = str(caught.value)
    assert re.fullmatch(r"(?:[^.!?\n]|[.](?=\S))+\.", message), f"not one sentence: {message!r}"
    return message
