"""Writes tests/vectors/yaml.json: texts, and what PyYAML reads in them.

    python3 -m venv venv && venv/bin/pip install pyyaml==6.0.4
    venv/bin/python tests/oracles/yaml_vectors.py > tests/vectors/yaml.json

Scalars are given as text with their style, tags as written; keys that stand twice and texts that PyYAML refuses
are left out, because there the two readers differ on purpose.
"""
import json
import random
import sys

import yaml


def tree(node):
    if isinstance(node, yaml.ScalarNode):
        style = {None: "plain", "'": "quoted", '"': "quoted", "|": "block", ">": "block"}[node.style]
        out = {style: node.value}
    elif isinstance(node, yaml.SequenceNode):
        out = {"items": [tree(item) for item in node.value]}
    else:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(node.value):
            raise yaml.YAMLError("a key twice, or one that is no text")
        out = {"entries": [[key.value, tree(value)] for key, value in node.value]}
    if node.tag.startswith("!"):
        out["tag"] = node.tag
    return out


WRITTEN = [
    "a: 1\n", "a:\n  - b\n  - c: d\n    e: f\n  -\n    g: h\n  - - i\n    - j\n", "a:\n- b\n- c\nd: e\n", "", "# only a comment\n",
    "---\na: 1\n...\n", "%YAML 1.1\n---\na: b\n", "a: 'it''s'\nb: \"x\\ty\\u0041\\x42\"\n", "a: one\n  two\n\n  three\nb: c\n",
    "a: 'one\n  two\n\n  three'\n", "a: \"one \\\n  two\"\n", "a: |\n  x\n   y\n\n  z\n\n\nb: 1\n", "a: |-\n  x\n\nb: |+\n  y\n\nc: 1\n",
    "a: >\n  x\n  y\n\n  z\n   more\n  end\nb: 1\n", "a: >-\n  x\n  y\n", "a: |2\n    x\n   y\n", "a: |\n\n  x\n", "a: |\nb: 1\n",
    "a: [1, 2,\n  3]\nb: {c: d, e: [f], g}\n", "a: [b: c, \"d\": e]\n", "{\"a\":1,\"b\":[{\"c\":\"d\"}]}\n", "a: {b: 'c', d: !Ref e}\n",
    "a: !Sub |\n  text ${b}\n", "a: !GetAtt b.c\n", "a: !If\n  - x\n  - y\n", "- !Ref a\n- &n !X {k: v}\n- k: w\n", "? a\n: b\n? c\n",
    "a: b#c\nd: e #f\n", "a: http://x.y:80/z\nb: c:d\n", "a: -1\nb: - x\n".replace("- x", "-x"), "'a b': c\n\"d\": e\n", "a:   \nb:\n\nc: d\n",
    "a: &x 1\nb: c\n", "\n\n  a: 1\n  b: 2\n", "a:\n  b:\n    c:\n  d:\ne:\n", "a: b\r\nc:\r\n  - d\r\n", "a: |\r\n  x\r\n  y\r\n",
    "- a\n-\n- ''\n- ~\n", "a: \"\"\nb: ''\n", "a: 'x: y'\n", "a: \"x # y\"\n", "a: é😀\nü: ö\n", "a: [\n  b, # c\n  d\n]\n", "a: {\n  b: c\n  }\n",
    "a: x y  z \nb: \"  x  \"\n", "a: !!str 1\nb: !!int '2'\n", "a: |  # c\n  x\n", "a:\n  # c\n  b: 1\n # d\n  c: 2\n", "- - - a\n    - b\n  - c\n- d\n",
    "a: {b: }\n", "a: [,]\n".replace(",", ""), "a: {}\nb: []\n", "a: \"x\\\n   y\\n\\\n  z\"\n", "a: >\n\n\n  x\n\n  y\n\n\n   z\n\n   w\n\n  v\n",
    "a: x\n  # c\nb: y\n", "key with spaces: v\n", "a:b: c\n", "a: ?b\nc: :d\n", "a: b\n c\nd: e\n", "a: 'b\n\n\n  c'\n", "a: [ 'b' , \"c\" ]\n",
    "a: |1\n x\n  y\n", "- |\n x\n- >\n y\n z\n", "a: !X\n\n  b: c\n", "a: !X # c\n  b: c\n", "a: &n\n  b: c\n", "a: !X\nb: c\n", "a: [!Ref b, !Ref c]\n",
]


def generated(random):
    """One text of nested block and flow values."""

    def scalar():
        return random.choice(["a", "b c", "1", "'q'", '"d\\n"', "x:y", "~", "http://h/p", "a#b", "''", "-1", "'it''s'", '"a: b"', "!Ref r", "é"])

    def flow(depth):
        kind = random.random()
        if depth > 2 or kind < 0.5:
            return scalar()
        inner = [flow(depth + 1) for _ in range(random.randrange(4))]
        space = random.choice([", ", " , ", ",\n" + 40 * " "])
        if kind < 0.75:
            return "[" + space.join(inner) + "]"
        return "{" + space.join(f"k{at}: {item}" for at, item in enumerate(inner)) + "}"

    def block(indent, depth):
        pad = " " * indent
        lines = []
        step = random.choice([1, 2, 2, 2, 4])
        sequence = random.random() < 0.35
        for at in range(random.randrange(1, 5)):
            head = pad + ("- " if sequence else f"{random.choice(['k', 'key ', chr(39) + 'q' + chr(39)])}{at}: ".replace("' ", "'"))
            if not sequence:
                head = pad + f"k{at}:" + random.choice([" ", "  "])
            if random.random() < 0.1:
                lines.append(random.choice(["", pad + "# c", "# c"]))
            kind = random.random()
            if kind < 0.35:
                lines.append(head + scalar() + random.choice(["", "", " # c", "  "]))
            elif kind < 0.5:
                lines.append(head + flow(0))
            elif kind < 0.6:
                style = random.choice(["|", ">", "|-", ">-", "|+", ">+"])
                texts = [random.choice(["x y", "", " deep", "z # no"]) for _ in range(random.randrange(1, 5))]
                lines.append(head + style)
                texts[0] = "first"
                lines += [pad + "   " + text if text else "" for text in texts]
            elif kind < 0.68:
                lines.append(head + "one")
                lines += [pad + "   two"] + random.choice([[], ["", pad + "    three"]])
            elif depth < 4:
                tag = random.choice(["", "", "", "!T", "&n" + str(random.randrange(10**6))])
                if sequence and random.random() < 0.5 and not tag:
                    inner = block(indent + 2, depth + 1)
                    first = next((at for at, line in enumerate(inner) if line.strip() and not line.strip().startswith("#")), 0)
                    lines.append(pad + "- " + inner[first][indent + 2:])
                    lines += inner[first + 1:]
                else:
                    same = not sequence and random.random() < 0.2
                    inner = block(indent + step, depth + 1)
                    lines.append((head + tag).rstrip())
                    if same:
                        inner = [f"{pad}- {scalar()}", f"{pad}- {scalar()}"]
                    lines += inner
            else:
                lines.append(head.rstrip())
        return lines

    return "\n".join(block(0, 0)) + random.choice(["\n", "", "\n\n"])


def main():
    source = random.Random(20)
    texts = WRITTEN + [generated(source) for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 250)]
    cases = []
    for text in texts:
        try:
            documents = [tree(node) for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
        except (yaml.YAMLError, ValueError):
            continue
        cases.append({"text": text, "documents": documents})
    print("[")
    print(",\n".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in cases))
    print("]")


main()
