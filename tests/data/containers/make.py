#!/usr/bin/env python3
"""Makes the containers that no crate of ours can write. Needs 7z and zip; the bytes differ from
run to run only in time stamps.

two.7z, two.rar: a.txt "satu", Dinkes/b.txt "dua". locked.*: the same a.txt with the password
"rahasia"; hidden.7z locks its list of names, too.
"""
import os, subprocess, tempfile, zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent


def vint(n):
    out = b""
    while n >= 0x80:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def block(body):
    sized = vint(len(body)) + body
    return zlib.crc32(sized).to_bytes(4, "little") + sized


def rar(members):
    """RAR 5 with stored members (technical note of RARLAB)."""
    out = b"Rar!\x1a\x07\x01\x00" + block(vint(1) + vint(0) + vint(0))
    for name, data in members:
        name = name.encode()
        body = vint(2) + vint(2) + vint(len(data)) + vint(4) + vint(len(data)) + vint(0o644)
        body += zlib.crc32(data).to_bytes(4, "little") + vint(0) + vint(1) + vint(len(name)) + name
        out += block(body) + data
    return out + block(vint(5) + vint(0) + vint(0))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    os.mkdir("Dinkes")
    Path("a.txt").write_text("satu")
    Path("Dinkes/b.txt").write_text("dua")
    run = lambda *words: subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    for old in HERE.glob("*.7z"):
        old.unlink()
    (HERE / "locked.zip").unlink(missing_ok=True)
    # One call a file keeps their order.
    run("7z", "a", HERE / "two.7z", "a.txt")
    run("7z", "a", HERE / "two.7z", "Dinkes/b.txt")
    run("7z", "a", "-prahasia", HERE / "locked.7z", "a.txt")
    run("7z", "a", "-prahasia", "-mhe=on", HERE / "hidden.7z", "a.txt")
    run("zip", "-P", "rahasia", HERE / "locked.zip", "a.txt")
    (HERE / "two.rar").write_bytes(rar([("a.txt", b"satu"), ("Dinkes/b.txt", b"dua")]))
