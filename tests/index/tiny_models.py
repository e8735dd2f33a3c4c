"""Models small enough to be built in a test: ONNX files written by hand, read by the real runtime.

A character is a token. The embedder gives every token the row of a table, so that a text is the mean of its
characters; the cross-encoder adds up what every character is worth, whichever of the two texts it stands in.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

_FLOAT, _INT64 = 1, 7  # kinds of numbers in ONNX
_INT, _INTS = 2, 7  # kinds of attributes


def write_embedder(folder: Path, rows: Mapping[str, Sequence[float]]) -> Path:
    """A model whose token vectors are ``rows`` (all of one length; other characters are zero)."""
    size = len(next(iter(rows.values())))
    gather = _node("Gather", ["table", "input_ids"], "last_hidden_state")
    _write(folder, rows, [0.0] * size, [gather], ["batch", "length", size])
    return folder


def write_cross_encoder(folder: Path, worth: Mapping[str, float]) -> Path:
    """A model whose logit is the sum of what its characters are ``worth``."""
    nodes = [
        _node("Gather", ["table", "input_ids"], "each"),
        _node("ReduceSum", ["each"], "logits", axes=[1], keepdims=0),
    ]
    _write(folder, {character: [value] for character, value in worth.items()}, [0.0], nodes, ["batch", 1])
    return folder


def _write(
    folder: Path,
    rows: Mapping[str, Sequence[float]],
    none: Sequence[float],
    nodes: Sequence[bytes],
    shape: Sequence[int | str],
) -> None:
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    folder.mkdir(parents=True)
    vocabulary = {"[PAD]": 0, "[UNK]": 1} | {character: n for n, character in enumerate(rows, 2)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex(r"[\s\S]"), "isolated")  # type: ignore[assignment]
    tokenizer.save(str(folder / "tokenizer.json"))
    for name, values in (
        ("config.json", {"hidden_size": len(none), "pad_token_id": 0}),
        ("tokenizer_config.json", {"model_max_length": 512, "pad_token": "[PAD]"}),
        ("special_tokens_map.json", {"pad_token": "[PAD]", "unk_token": "[UNK]"}),
    ):
        (folder / name).write_text(json.dumps(values), encoding="utf-8")
    output = "logits" if len(nodes) == 2 else "last_hidden_state"
    inputs = [_value("input_ids", _INT64, ["batch", "length"])]
    table = _table([none, none, *rows.values()])
    graph = (
        b"".join(_bytes(1, node) for node in nodes)
        + _text(2, "tiny")
        + _bytes(5, table)
        + b"".join(_bytes(11, value) for value in inputs)
        + _bytes(12, _value(output, _FLOAT, shape))
    )
    opset = _bytes(8, _number(2, 11))
    (folder / "model.onnx").write_bytes(_number(1, 7) + _bytes(7, graph) + opset)


def _node(kind: str, inputs: Sequence[str], output: str, **attributes: int | list[int]) -> bytes:
    written = b""
    for name, value in attributes.items():
        if isinstance(value, list):
            body = b"".join(_number(8, one) for one in value) + _number(20, _INTS)
        else:
            body = _number(3, value) + _number(20, _INT)
        written += _bytes(5, _text(1, name) + body)
    return b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, kind) + written


def _table(rows: Sequence[Sequence[float]]) -> bytes:
    values = [value for row in rows for value in row]
    shape = _number(1, len(rows)) + _number(1, len(rows[0]))
    return (
        shape + _number(2, _FLOAT) + _text(8, "table") + _bytes(9, struct.pack(f"<{len(values)}f", *values))
    )


def _value(name: str, kind: int, shape: Sequence[int | str]) -> bytes:
    sizes = (_number(1, size) if isinstance(size, int) else _text(2, size) for size in shape)
    dimensions = b"".join(_bytes(1, size) for size in sizes)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, dimensions)))


# Protocol buffers: https://protobuf.dev/programming-guides/encoding/


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes((*written, value))
