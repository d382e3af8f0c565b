"""Makes content-hash-vectors.json: tables and their content hashes, by a program that shares nothing with the product.

Run by hand:  python3 content-hash-vectors.py > content-hash-vectors.json
Numbers, dates and instants stand in the vectors as texts, as they would be received; "" stands for a text of no length.
"""
import hashlib
import json
import struct
from decimal import Decimal

TAG = {"text": 1, "number": 2, "date": 3, "instant": 4, "yes-no": 5}


def canonical(kind, value):
    if kind == "number":
        number = Decimal(value)
        if number == 0:
            return "0"
        whole = format(number, "f")
        return whole.rstrip("0").rstrip(".") if "." in whole else whole
    if kind == "instant":
        head, _, fraction = value.rstrip("Z").partition(".")
        return f"{head}.{fraction.ljust(7, '0')}Z"
    if kind == "yes-no":
        return "1" if value else "0"
    return value


def cell(kind, value):
    if value is None or (kind == "text" and value == ""):
        return b"\x00"
    data = canonical(kind, value).encode("utf-8")
    return struct.pack(">BI", TAG[kind], len(data)) + data


def content_hash(columns, rows):
    out = b"CK1" + struct.pack(">I", len(columns))
    for key, kind in columns:
        out += cell("text", key) + cell("text", kind)
    for row in rows:
        assert len(row) == len(columns)
        for (_, kind), value in zip(columns, row):
            out += cell(kind, value)
    return hashlib.sha256(out).hexdigest()


ALL = [["t", "text"], ["n", "number"], ["d", "date"], ["i", "instant"], ["y", "yes-no"]]
HUGE, TINY = "79228162514264337593543950335", "0.0000000000000000000000000001"

VECTORS = [
    ("no rows", ALL, []),
    ("nothing but nulls", ALL, [[None] * 5, ["", None, None, None, None]]),
    ("one of each", ALL, [["INV-0090", "1234.56", "2026-11-22", "2026-11-22T10:15:30.1234567Z", True]]),
    ("texts in many scripts", [["text", "text"]], [
        [t] for t in ["Zürich", "Ελλάδα", "Ћирилица", "日本語", "한국어", "ไทย", "עברית", "العربية", "हिन्दी", "e\u0301", "é"]]),
    ("surrogate pairs and joined emoji", [["text", "text"]], [
        [t] for t in ["😀", "👩‍👩‍👧", "𝄞 clef", "𠮷野家", "🇳🇿", "a\U0010fffd"]]),
    ("texts that look like something else", [["text", "text"]], [
        [t] for t in ["0090", "=1+1", "+44 20", "<b>", "-0", "1.50", "null", " ", "\t", "\n", "a\u0000b", "\\/", "\"", "'"]]),
    ("numbers: signs, zeros, trailing zeros", [["n", "number"]], [
        [n] for n in ["0", "-0", "0.00", "-0.000", "1.500", "-1.50", "100", "1000.0", "0.10", "-0.01", "10.010"]]),
    ("numbers: huge and tiny", [["n", "number"]], [
        [n] for n in [HUGE, "-" + HUGE, TINY, "-" + TINY, "7.9228162514264337593543950335", "12345678901234567890.12345678",
                      "0.0000001", "1000000000000000000000"]]),
    ("dates and instants at their ends", [["d", "date"], ["i", "instant"]], [
        ["0001-01-01", "0001-01-01T00:00:00.0000000Z"], ["9999-12-31", "9999-12-31T23:59:59.9999999Z"],
        ["2024-02-29", "2024-02-29T12:00:00Z"], ["1969-12-31", "1969-12-31T23:59:59.1Z"]]),
    ("wide rows", [[f"column{i}", ["text", "number", "date", "instant", "yes-no"][i % 5]] for i in range(300)], [
        [[f"cell {r}.{i}", f"{i}.{r}0", f"2026-{i % 12 + 1:02}-{r + 1:02}", f"2026-11-22T00:{i % 60:02}:00.{r}Z", i % 2 == 0][i % 5]
         for i in range(300)] for r in range(9)]),
]

if __name__ == "__main__":
    print(json.dumps(
        [{"name": n, "columns": c, "rows": r, "hash": content_hash(c, r)} for n, c, r in VECTORS],
        ensure_ascii=True, separators=(",", ":")).replace('},{"name"', '},\n{"name"'))
