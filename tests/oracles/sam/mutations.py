"""Templates with one to three places changed at random: a property taken out, given another value, or taken over from
another template. Most are still accepted in part; what is refused must be refused for the same resource."""

import copy
import json
import random

VALUES = [None, "", "text", {}, [], 5, 0, True, False, ["a"], [{}], {"a": "b"}, {"Ref": "Stage"}, {"Ref": "AWS::NoValue"}, {"Fn::If": ["Prod", "x", "y"]},
          {"Fn::If": ["Prod", {"Ref": "AWS::NoValue"}, "y"]}, {"Fn::Sub": "${Stage}-x"}, {"Fn::GetAtt": ["Queue", "Arn"]}, {"Fn::ImportValue": "x"},
          "NONE", "a-b", 1.5, {"Fn::FindInMap": ["M", "a", "b"]}, {"Ref": "Missing"}]


def paths(node, path=()):
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield path + (key,)
        yield from paths(value, path + (key,))


def at(node, path):
    for key in path:
        node = node[key]
    return node


def change(rand, template, others):
    """Changes one place, and says how."""
    resources = template["Resources"]
    roots = [("Resources", name) for name, body in resources.items() if str(body.get("Type")).startswith("AWS::Serverless")]
    roots += [("Globals",)] if "Globals" in template else []
    if not roots:
        return None
    root = rand.choice(roots)
    found = [root + path for path in paths(at(template, root)) if path != ("Type",) and len(path) < 7]
    if not found:
        return None
    path = rand.choice(found)
    parent, key = at(template, path[:-1]), path[-1]
    how = rand.random()
    if how < 0.25:
        del parent[key]
        return "without " + ".".join(map(str, path))
    if how < 0.7:
        parent[key] = copy.deepcopy(rand.choice(VALUES))
        return "%s is %s" % (".".join(map(str, path)), json.dumps(parent[key]))
    other = rand.choice(others)["Resources"]
    if how < 0.85:
        same = [one for one in paths(other) if one[-1] == key and len(one) > 2]
        if same:
            parent[key] = copy.deepcopy(at(other, rand.choice(same)))
            return ".".join(map(str, path)) + " from elsewhere"
        return None
    body = at(template, root) if root[0] == "Resources" else {}
    same = [one["Properties"] for one in other.values() if one.get("Type") == body.get("Type") and one.get("Properties")]
    if same and isinstance(body.get("Properties"), dict):
        source = rand.choice(same)
        name = rand.choice(list(source))
        body["Properties"][name] = copy.deepcopy(source[name])
        return "%s with %s" % (root[-1], name)
    return None


def mutated(seed, count, templates):
    rand = random.Random(seed)
    others = [template for _, template in templates]
    while count:
        name, template = rand.choice(templates)
        template = copy.deepcopy(template)
        said = [change(rand, template, others) for _ in range(rand.choice([1, 1, 1, 2, 3]))]
        said = "; ".join(one for one in said if one)
        if said:
            count -= 1
            yield "%s, %s" % (name, said), template
