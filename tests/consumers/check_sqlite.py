"""Asks a bundle's SQLite form the queries of docs/sqlite.md, and compares the answers with the canonical JSON.

    check_sqlite.py bundle.sqlite bundle.json docs/sqlite.md

Prints, as JSON, for each routine one list of conditions for every audience, and the exercises that its people are shown.
"""

import json
import re
import sqlite3
import sys


def main(database, canonical, docs):
    with open(canonical, encoding="utf-8") as file:
        bundle = json.load(file)
    with open(docs, encoding="utf-8") as file:
        routine_query, search_query = re.findall(r"```sql\n(.*?)```", file.read(), re.DOTALL)
    connection = sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    ask = lambda query, **values: connection.execute(query, values).fetchall()
    pragma = lambda name: [tuple(row) for row in ask(f"PRAGMA {name}")]
    assert pragma("integrity_check") == [("ok",)]
    assert pragma("foreign_key_check") == []
    assert pragma("application_id") == [(int.from_bytes(b"noce", "big"),)]
    assert pragma("user_version") == [(bundle["version"],)]
    assert pragma("page_size") == [(4096,)] and pragma("journal_mode") != [("wal",)]

    exercises = {one["id"]: one for one in bundle["exercises"]}
    answers = {}
    for routine in bundle["routines"]:
        table = routine["adaptations"]
        answers[routine["id"]] = []
        free = [condition for condition, number in table["conditions"].items() if number is None]
        for audience, conditions in enumerate(everyone(table)):
            wanted = shown(routine, table, audience, exercises)
            # The order does not matter, and what holds back nothing changes nothing.
            for people in (conditions, conditions[::-1], free + conditions, conditions + conditions):
                rows = ask(routine_query, routine=routine["id"], conditions=json.dumps(people))
                assert [answer(row) for row in rows] == wanted, (routine["id"], people)
                for row in rows:
                    check_safety(row, people, exercises, table)
            answers[routine["id"]].append({"conditions": conditions, "exercises": [one["exercise"] for one in wanted]})
            strangers = conditions + ["never-weighed"]
            assert ask(routine_query, routine=routine["id"], conditions=json.dumps(strangers)) == []

    for kind in ("exercise", "routine", "condition", "screening", "source"):
        stored = [json.loads(row["json"]) for row in ask(f"SELECT json FROM {kind} ORDER BY id")]
        assert stored == bundle[f"{kind}s"], kind
    pairs = [(one["id"], c["condition"], c["level"]) for one in bundle["exercises"] for c in one["contraindications"]]
    rows = ask("SELECT exercise, condition, level FROM contraindication")
    assert sorted(tuple(row) for row in rows) == sorted(pairs)

    for one in bundle["exercises"]:
        words = '"' + clean(one["name"]).replace('"', '""') + '"'
        found = [row["id"] for row in ask(search_query, words=words, conditions="[]")]
        assert one["id"] in found, (words, found)
        avoid = [c["condition"] for c in one["contraindications"] if c["level"] == "avoid"]
        if avoid:
            found = [row["id"] for row in ask(search_query, words=words, conditions=json.dumps(avoid[:1]))]
            assert one["id"] not in found
    print(json.dumps(answers))


def clean(text):
    """A text as it stands in the columns."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)


def everyone(table):
    """For each audience, conditions that lead there."""
    first = {}
    for condition, number in table["conditions"].items():
        first.setdefault(number, condition)
    leads = {0: []}
    waiting = [0]
    for here in waiting:
        for number, there in enumerate(table["audiences"][here]["next"]):
            if there not in leads:
                leads[there] = leads[here] + [first[number]]
                waiting.append(there)
    assert len(leads) == len(table["audiences"]), "an audience that nobody is in"
    return [leads[audience] for audience in range(len(leads))]


def shown(routine, table, audience, exercises):
    """What the canonical JSON says that an audience is shown, step by step."""
    steps = []
    for place in table["audiences"][audience]["shown"].get("steps", []):
        step = table["steps"][place]
        block = routine["blocks"][step["block"]]
        written = block["steps"][step["index"]]
        # A substitute brings its own dose, and the note of the place is not for it.
        source = exercises[step["exercise"]] if "replaces" in step else written
        note = None if "replaces" in step else written.get("note")
        steps.append({
            "block": clean(block["title"]),
            "exercise": step["exercise"],
            "name": clean(exercises[step["exercise"]]["name"]),
            "replaces": step.get("replaces"),
            "note": note and clean(note),
            "optional": written["optional"],
            "seconds": source.get("seconds"),
            "dosage": source.get("dosage", {}),
        })
    return steps


def answer(row):
    """A row of the query, in the same form."""
    amount = lambda name: (row[f"{name}_min"], row[f"{name}_max"], row[f"{name}_text"])
    dosage = {}
    for name in ("hold", "time", "reps", "sets", "rest"):
        least, most, text = amount(name)
        if least is not None:
            dosage[name] = {"min": least, "max": most, "text": text}
    if row["sides"]:
        dosage["sides"] = row["sides"]
    least, most, text = amount("sessions")
    if least is not None:
        dosage["sessions"] = {"times": {"min": least, "max": most}, "per": row["sessions_per"], "text": text}
    known = row["seconds_min"] is not None
    return {
        "block": row["block_title"],
        "exercise": row["exercise"],
        "name": row["name"],
        "replaces": row["replaces"],
        "note": row["note"],
        "optional": bool(row["optional"]),
        "seconds": {"min": row["seconds_min"], "max": row["seconds_max"]} if known else None,
        "dosage": dosage,
    }


def check_safety(row, people, exercises, table):
    """Nobody is shown what must not be shown to them, and every caution is told."""
    levels = {one["condition"]: one["level"] for one in exercises[row["exercise"]]["contraindications"]}
    assert not any(levels.get(condition) == "avoid" for condition in people), (row["exercise"], people)
    told = {one["condition"]: one["say"] for one in json.loads(row["cautions"])}
    cautions = table["cautions"].get(row["exercise"], {})
    assert told == {condition: clean(say) for condition, say in cautions.items() if condition in people}


main(*sys.argv[1:])
