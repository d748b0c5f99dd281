#!/usr/bin/python3
"""What the simulated centre answers is what data/api says that it answers.

The schemas allow members that they do not name, for the sake of readers; here
they are read strictly, so that nothing is served that is not described.
"""

import copy
import os
import re
import urllib.error

import jsonschema
import yaml

import harness
from harness import Centre, check, check_equal

API = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "api", "supervision-v1.openapi.yaml")
# Before the morning, when there is always somebody free.
QUIET = ("--date=2026-11-20T05:00",)
# Whose members stand in more than one schema, which only the whole can see.
COMPOSED = {"Rows", "Snapshot", "Delta", "Answer"}


def strict_description():
    with open(API, encoding="utf-8") as f:
        document = yaml.safe_load(f)
    for name, schema in document["components"]["schemas"].items():
        if name in ("Snapshot", "Delta"):
            schema["unevaluatedProperties"] = False
        elif name not in COMPOSED and schema.get("type") == "object":
            schema["additionalProperties"] = False
    return document


def validate(document, schema, instance, what):
    root = copy.deepcopy(document)
    root["$ref"] = f"#/components/schemas/{schema}"
    validator = jsonschema.Draft202012Validator(root, format_checker=jsonschema.FormatChecker())
    errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:300]}" for e in validator.iter_errors(instance)]
    check(not errors, f"{what}: {len(errors)} errors, such as {errors[:3]}")


def test_the_whole_state_is_as_described(folder):
    snapshot = Centre(folder).snapshot()
    validate(strict_description(), "Snapshot", snapshot, "the whole state")
    check(snapshot["queues"] and snapshot["agents"], "an empty centre proves nothing")


def test_a_delta_is_as_described(folder):
    centre = Centre(folder)
    first = centre.snapshot()
    delta = harness.wait_until(
        lambda: (lambda d: d if d["revision"] > first["revision"] else None)(
            centre.request(f"/v1/snapshot?since={first['revision']}")), "a change")
    check_equal(delta.get("since"), first["revision"], "the base of the delta")
    validate(strict_description(), "Delta", delta, "a delta")
    check(len(delta.get("agents", [])) < len(first["agents"]), "a delta holds less than everything")


def test_the_history_is_as_described(folder):
    centre = Centre(folder)
    start = centre.snapshot()["centre"]["day_start"]
    day, zone = start[:10], re.search(r"(Z|[+-]\d\d:\d\d)$", start)[1].replace("+", "%2B")
    history = centre.request(f"/v1/intervals?from={day}T00:00:00{zone}&to={day}T06:00:00{zone}&step=300")
    validate(strict_description(), "Intervals", history, "the history")
    for queue in history["queues"]:
        for name, column in queue.items():
            if name != "id":
                check_equal(len(column), 6 * 12, f"the length of {queue['id']}'s {name}")


def test_a_problem_is_as_described(folder):
    centre = Centre(folder)
    try:
        centre.request("/v1/intervals?from=yesterday&to=today&step=7")
    except urllib.error.HTTPError as e:
        check_equal(e.code, 400, "the status")
        check_equal(e.headers.get_content_type(), "application/problem+json", "the type of a problem")
        problem = harness.json.loads(e.read())
        validate(strict_description(), "Problem", problem, "a problem")
        check_equal(problem["status"], 400, "the status in the problem")
    else:
        raise harness.Failure("nonsense was answered")


def test_a_session_is_as_described(folder):
    centre = Centre(folder)
    session = centre.request("/v1/session")
    document = strict_description()
    validate(document, "Session", session, "the session")
    check_equal(session["scope"], "act", "the scope")
    # What is offered is described, and the other way round.
    described = {p.removeprefix("/v1/agents/{id}/") for p in document["paths"] if p.startswith("/v1/agents/{id}/")}
    check_equal(set(session["actions"]), described, "the actions that are offered")


def body_of(document, action):
    operation = document["paths"][f"/v1/agents/{{id}}/{action}"]["post"]
    return operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]


def test_each_action_is_done_as_described(folder):
    centre = Centre(folder)
    document = strict_description()
    state = centre.freeze()
    busy = next(a for a in state["agents"] if a["state"] == "on-call")
    other = next(q["id"] for q in state["queues"] if q["id"] not in busy["queues"])
    for action, body in (("listen", {"extension": "9001"}), ("whisper", {"extension": "PJSIP/9001"}),
                         ("barge", {"extension": "9001"}), ("queue-add", {"queue": other}),
                         ("pause", {"queue": other}), ("unpause", {"queue": other}), ("queue-remove", {"queue": other}),
                         ("pause", {"reason": "Họp giao ca"}), ("unpause", {}), ("hang-up", {})):
        validate(document, body_of(document, action), body, f"the body of {action}")
        check_equal(centre.request(f"/v1/agents/{busy['id']}/{action}", body), None, f"the answer to {action}")
    done = [a["action"] for a in centre.request("/demo")["actions"]]
    check_equal(done, ["listen", "whisper", "barge", "queue-add", "pause", "unpause", "queue-remove",
                       "pause", "unpause", "hang-up"], "what was done")
    after = next(a for a in centre.snapshot()["agents"] if a["id"] == busy["id"])
    check_equal(after["state"], "wrap-up", "the state after hanging up")
    check_equal(after["queues"], busy["queues"], "the queues")


def test_an_action_that_cannot_be_done_says_why(folder):
    centre = Centre(folder, QUIET)
    document = strict_description()
    state = centre.freeze()
    idle = next(a for a in state["agents"] if a["state"] == "available")
    for status, action, body in ((409, "hang-up", {}), (409, "listen", {"extension": "9001"}), (409, "unpause", {}),
                                 (409, "queue-add", {"queue": idle["queues"][0]}), (404, "queue-add", {"queue": "none"}),
                                 (400, "queue-remove", {}), (400, "barge", {"extension": "9001\r\nAction: Hangup"}),
                                 (400, "pause", {"reason": 7}), (404, "promote", {})):
        try:
            centre.request(f"/v1/agents/{idle['id']}/{action}", body)
        except urllib.error.HTTPError as e:
            problem = harness.json.loads(e.read())
            check_equal(e.code, status, f"the status of {action} {body}")
            validate(document, "Problem", problem, f"the problem of {action}")
            check(len(problem["detail"]) > 10, f"{action} is refused without a word")
        else:
            raise harness.Failure(f"{action} {body} was done")
    check_equal(centre.snapshot()["revision"], state["revision"], "the revision after nothing was done")


def test_no_number_is_told_unmasked(folder):
    snapshot = Centre(folder).snapshot()
    numbers = [c["number"] for c in snapshot["callers"] if "number" in c]
    numbers += [a["call"]["number"] for a in snapshot["agents"] if "number" in a.get("call", {})]
    check(numbers, "nobody calls: an empty centre proves nothing")
    for number in numbers:
        check(len(re.findall(r"\d", number)) <= 5, "a number has too many digits")


if __name__ == "__main__":
    harness.main(globals())
