"""Checks a log of bukti without bukti: python3 check.py riwayat.jsonl [HEAD]

Reads the lines that `bukti log show --json` prints, or the riwayat.jsonl of an export.
Prints every fault with the number of its record; ends with 0 if there is none.
"""

import hashlib
import json
import sys


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check(lines):
    expected, head, digests = 1, "0" * 64, set()
    for line in lines:
        record = json.loads(line)
        number, previous = record["number"], record["previous"]
        if number != expected:
            yield f"record {number}: {expected} should stand here"
        elif previous != head:
            yield f"record {number}: does not follow the record before"
        event = sha256(canonical(record["event"])) if "event" in record else record["withheld"]
        link = canonical({"event": event, "number": number, "previous": previous})
        if sha256(link) != record["digest"]:
            yield f"record {number}: changed"
        expected, head = number + 1, record["digest"]
        digests.add(head)
    if len(sys.argv) > 2 and sys.argv[2] not in digests:
        yield f"the head {sys.argv[2]} is not in this log"
    print(f"{expected - 1} records, head {head}")


with open(sys.argv[1], encoding="utf-8") as log:
    faults = list(check(log))
print("\n".join(faults) or "sound")
sys.exit(1 if faults else 0)
