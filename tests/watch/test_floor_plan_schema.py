# SPDX-License-Identifier: GPL-3.0-or-later
"""The schema of floor plans is one, the plans that come with the program obey
it, and it refuses what the program refuses."""

import copy
import glob
import json
import os
import sys

import jsonschema

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import tap  # noqa: E402

FOLDER = sys.argv.pop(1)
with open(os.path.join(FOLDER, "floor-plan.schema.json"), encoding="utf-8") as file:
    SCHEMA = json.load(file)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PLANS = {os.path.basename(path): json.load(open(path, encoding="utf-8"))
         for path in sorted(glob.glob(os.path.join(FOLDER, "*.json")))
         if not path.endswith(".schema.json")}


def test_schema_is_one(folder):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_plans_obey_it(folder):
    tap.check_equal(len(PLANS), 2, "the number of plans")
    for name, plan in PLANS.items():
        errors = [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(plan)]
        tap.check(not errors, f"{name}: {errors}")


def test_underlays_are_there(folder):
    for name, plan in PLANS.items():
        picture = plan.get("underlay")
        tap.check(picture is None or os.path.isfile(os.path.join(FOLDER, picture)), f"{name}: no {picture}")


def test_it_refuses_what_is_wrong(folder):
    def refuse(what, change):
        plan = copy.deepcopy(PLANS["3-tai-cho.json"])
        change(plan)
        tap.check(not VALIDATOR.is_valid(plan), f"{what} is taken")

    refuse("another format", lambda p: p.update(format=2))
    refuse("an unknown field", lambda p: p.update(windows=[]))
    refuse("an unknown field of a seat", lambda p: p["seats"][0].update(colour=1))
    refuse("a seat without id", lambda p: p["seats"][0].pop("id"))
    refuse("half a degree", lambda p: p["desks"][0].update(rotation=0.5))
    refuse("a room of both forms", lambda p: p["rooms"][0].update(points=[{"x": 0, "y": 0}] * 3))
    refuse("a room of no form", lambda p: p["rooms"][0].pop("width"))
    refuse("a place that is none", lambda p: p.update(places=["moon"]))
    refuse("5001 seats", lambda p: p.update(seats=[{"id": str(i), "x": 0, "y": 0} for i in range(5001)]))


tap.run(globals())
