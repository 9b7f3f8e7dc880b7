"""Reads `cargo metadata` from standard input and prints the licences of all crates that become
part of the program: whoever hands the program on must hand them on, too."""

import json
import pathlib
import sys

BEGINNINGS = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def shipped(metadata):
    """Names the packages that the program is built from: what only tests, build scripts and
    macros need is not in it."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    macros = {
        package["id"]
        for package in metadata["packages"]
        if any("proc-macro" in target["kind"] for target in package["targets"])
    }
    root = metadata["resolve"]["root"]
    found, todo = set(), [root]
    while todo:
        for dependency in nodes[todo.pop()]["deps"]:
            kinds = [kind["kind"] for kind in dependency["dep_kinds"]]
            name = dependency["pkg"]
            if None in kinds and name not in found and name not in macros:
                found.add(name)
                todo.append(name)
    return found


def files(package):
    """The licence files of a crate, by name."""
    folder = pathlib.Path(package["manifest_path"]).parent
    found = {
        path
        for path in folder.iterdir()
        if path.name.upper().startswith(BEGINNINGS) and path.is_file()
    }
    if package["license_file"]:
        found.add((folder / package["license_file"]).resolve())
    return sorted(found)


def main():
    metadata = json.load(sys.stdin)
    wanted = shipped(metadata)
    packages = [p for p in metadata["packages"] if p["id"] in wanted]
    packages.sort(key=lambda p: (p["name"], p["version"]))
    # Most crates share a few texts: each is printed once, with those who bring it.
    texts = {}
    print("bukti is built with the crates below, each under the licence beside its name, and")
    print("with the standard library of Rust (MIT OR Apache-2.0, the Rust Project contributors).\n")
    for package in packages:
        name = f"{package['name']} {package['version']}"
        authors = ", ".join(package["authors"])
        print(f"{name}: {package['license']}" + (f" ({authors})" if authors else ""))
        for path in files(package):
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            texts.setdefault(" ".join(text.split()), (text, []))[1].append(name)
    for text, names in texts.values():
        print("\n" + "=" * 80)
        print(", ".join(names) + "\n")
        print(text)


main()
