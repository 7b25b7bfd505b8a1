"""Reads a bundle's FHIR form with `fhir.resources`, and compares it with the canonical JSON.

    check_fhir.py bundle.fhir.json bundle.json

Prints, as JSON, how many resources of each type there are.
"""

import base64
import collections
import json
import re
import sys

from fhir.resources import get_fhir_model_class
from fhir.resources.bundle import Bundle
from pydantic import BaseModel

ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def walk(value, path=""):
    """Every object of a resource, with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, part in value.items():
            yield from walk(part, f"{path}.{key}")
    elif isinstance(value, list):
        for part in value:
            yield from walk(part, path)


def actions(plan):
    """The actions of a plan and those inside them, in order."""
    for action in plan:
        yield action
        yield from actions(action.get("action", []))


def check_codes(model):
    """Codes of required value sets. The models know them and do not look at them."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None:
            continue
        values = value if isinstance(value, list) else [value]
        allowed = (field.json_schema_extra or {}).get("enum_values")
        for one in values:
            assert not allowed or one in allowed, f"{type(model).__name__}.{name}: {one} is none of {allowed}"
            if isinstance(one, BaseModel):
                check_codes(one)


def main(path, canonical):
    raw, bundle = load(path), load(canonical)
    check_codes(Bundle.model_validate(raw))
    entries = raw["entry"]
    resources = [entry["resource"] for entry in entries]
    # Each resource by the model of its own type, which refuses unknown elements, missing ones and wrong types.
    for resource in resources:
        check_codes(get_fhir_model_class(resource["resourceType"]).model_validate(resource))
    check_references(entries)
    by_type = collections.defaultdict(list)
    for resource in resources:
        by_type[resource["resourceType"]].append(resource)
    check_content(by_type, bundle)
    print(json.dumps({kind: len(all) for kind, all in sorted(by_type.items())}))


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def check_references(entries):
    """Everything that is referred to is there, and ids and names have the form that FHIR wants."""
    resources = [entry["resource"] for entry in entries]
    urls = {entry["fullUrl"]: entry["resource"] for entry in entries}
    assert len(urls) == len(entries), "a fullUrl stands twice"
    systems = {one["url"]: {c["code"] for c in one["concept"]} for one in resources if one["resourceType"] == "CodeSystem"}
    for url, resource in urls.items():
        kind, name = resource["resourceType"], resource["id"]
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", name), name
        assert url.endswith(f"/{kind}/{name}"), url
        assert resource.get("url", url) == url
        if "name" in resource and kind != "Group":
            assert re.fullmatch(r"[A-Z][A-Za-z0-9_]{1,254}", resource["name"]), resource["name"]
        if "experimental" in resource:
            assert resource["experimental"] == (resource["status"] == "draft"), url
        base = url.removesuffix(f"/{kind}/{name}")
        for where, part in walk(resource, kind):
            if isinstance(part.get("reference"), str):
                assert f"{base}/{part['reference']}" in urls, (where, part)
            for key in ("valueCanonical", "definitionCanonical", "resource"):
                if isinstance(part.get(key), str):
                    target, version = part[key].split("|")
                    assert urls[target]["version"] == version, (where, part)
            for library in part.get("library", []):
                assert library.split("|")[0] in urls, library
            system = part.get("system")
            if system in systems:
                assert part["code"] in systems[system], (where, part)
            if system == ICD:
                assert re.fullmatch(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?", part["code"]), part



def check_content(by_type, bundle):
    """The resources say what the canonical JSON says."""
    name = lambda resource: resource["identifier"][0]["value"]
    activities = {f"{one['url']}|{one['version']}": name(one) for one in by_type["ActivityDefinition"]}
    assert sorted(activities.values()) == [exercise["id"] for exercise in bundle["exercises"]]

    # One restriction for each contraindication: of the same exercise, for the same people, of the same strength.
    groups = {f"Group/{one['id']}": name(one) for one in by_type["Group"]}
    people = {f"ActivityDefinition/{one['id']}": name(one) for one in by_type["ActivityDefinition"]}
    kinds = {"contraindication": "avoid", "warning": "caution"}
    found = collections.Counter()
    for one in by_type["ClinicalUseDefinition"]:
        assert one["type"] in one and not (kinds.keys() - {one["type"]}) & one.keys()
        say = [part["valueString"] for part in one["extension"] if part["url"].endswith("/say")]
        [subject], [group] = one["subject"], one["population"]
        found[people[subject["reference"]], groups[group["reference"]], kinds[one["type"]], *say] += 1
        if one["type"] == "contraindication":
            coding = one["contraindication"]["diseaseSymptomProcedure"]["concept"]["coding"]
            assert coding[0]["code"] == groups[group["reference"]]
    said = collections.Counter()
    for exercise in bundle["exercises"]:
        for one in exercise["contraindications"]:
            said[exercise["id"], one["condition"], one["level"], clean(one["say"])] += 1
    assert found == said, found - said | said - found

    codes = {one["id"]: one["codes"]["icd-10-cm"] for one in bundle["conditions"]}
    for group in by_type["Group"]:
        coding = group["characteristic"][0]["valueCodeableConcept"]["coding"]
        icd = [one["code"] + ("-" if "extension" in one else "") for one in coding if one["system"] == ICD]
        assert icd == codes[name(group)], (icd, codes[name(group)])

    # The order of the steps is the routine's own, told by the relations alone.
    libraries = {f"{one['url']}|{one['version']}": one for one in by_type["Library"]}
    routines = {routine["id"]: routine for routine in bundle["routines"]}
    assert len(routines) == len(by_type["PlanDefinition"])
    for plan in by_type["PlanDefinition"]:
        routine = routines[name(plan)]
        all_actions = {action["id"]: action for action in actions(plan["action"])}
        assert len(all_actions) == len(list(actions(plan["action"])))
        after = {}
        for action in all_actions.values():
            for related in action.get("relatedAction", []):
                assert related["relationship"] == "after" and related["targetId"] in all_actions
                after[related["targetId"]] = action
        steps = [action for action in all_actions.values() if action.get("definitionCanonical") in activities]
        chain = [next(step for step in steps if "relatedAction" not in step)]
        while chain[-1]["id"] in after:
            chain.append(after[chain[-1]["id"]])
        wanted = [step for block in routine["blocks"] for step in block["steps"]]
        order = [activities[action["definitionCanonical"]] for action in chain]
        assert order == [step["exercise"]["id"] for step in wanted], order
        assert len(chain) == len(steps)
        for action, step in zip(chain, wanted):
            check_dose(action, step)
        if "screening" in routine:
            assert "screening" in all_actions and after["screening"]["id"] == "routine"
        # The table of adaptations travels whole, and nobody may overlook it.
        [table] = plan["library"]
        [modifier] = plan["modifierExtension"]
        assert modifier["valueCanonical"] == table
        [content] = libraries[table]["content"]
        assert json.loads(base64.b64decode(content["data"], validate=True)) == routine["adaptations"]

    screenings = {screening["id"]: screening for screening in bundle["screenings"]}
    for one in by_type["Questionnaire"]:
        screening = screenings[name(one)]
        parts = [part for _, part in walk(one["item"]) if "linkId" in part]
        links = [part["linkId"] for part in parts]
        assert len(set(links)) == len(links)
        for part in parts:
            conditions = part.get("enableWhen", [])
            assert all(when["question"] in links for when in conditions)
            assert len(conditions) < 2 or part["enableBehavior"] in ("all", "any")
            assert part["type"] != "group" or part["item"]
            assert part["type"] != "display" or not {"code", "required", "item"} & part.keys()
        asked = [part["text"] for part in parts if part["type"] == "boolean"]
        questions = screening["red-flags"] + screening["conditions"]
        assert asked == [clean(question["ask"]) for question in questions]
        # Conditions are asked only of those who answered every red flag with no.
        [second] = [part for part in parts if part["linkId"] == "conditions"]
        flags = [f"red-flag.{flag['id']}" for flag in screening["red-flags"]]
        assert [when["question"] for when in second["enableWhen"]] == flags
        assert all(when["answerBoolean"] is False for when in second["enableWhen"])


def clean(text):
    """A text without the control characters that FHIR forbids."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text).strip()


def check_dose(action, step):
    """The dose in numbers."""
    names = {"hold": "hold", "time": "time", "repetitions": "reps", "sets": "sets", "rest": "rest"}
    parts = [part for one in action.get("extension", []) if one["url"].endswith("/dose") for part in one["extension"]]
    found = {
        names[part["url"]]: (part["valueRange"]["low"]["value"], part["valueRange"]["high"]["value"])
        for part in parts
        if "valueRange" in part
    }
    dosage = step.get("dosage", {})
    assert found == {key: (one["min"], one["max"]) for key, one in dosage.items() if key in names.values()}
    repeat = action.get("timingTiming", {}).get("repeat", {})
    seconds = step.get("seconds", {"min": None, "max": None})
    assert repeat.get("duration") == seconds["min"]
    assert repeat.get("durationMax", repeat.get("duration")) == seconds["max"]
    often = dosage.get("sessions")
    if often:
        assert (repeat["frequency"], repeat["periodUnit"]) == (often["times"]["min"], often["per"][:1].replace("w", "wk"))


main(*sys.argv[1:])
