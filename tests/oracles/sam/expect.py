"""Writes what the reference makes of each template to tests/vectors/sam.jsonl: one line per template with the
template, and the ids, types and edges that come out, or the ids of what is refused.

    python -m venv venv && venv/bin/pip install aws-sam-translator==1.115.0
    venv/bin/python tests/oracles/sam/expect.py [SEED COUNT OUT]

The first line holds what almost every template has; a template holds only what is not the same there.

No account is asked: managed policies, the application repository and the region are stubs."""

import copy
import json
import os
import pathlib
import re
import sys

os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

import boto3  # noqa: E402
from samtranslator.model.exceptions import InvalidDocumentException  # noqa: E402
from samtranslator.plugins.application.serverless_app_plugin import ServerlessAppPlugin  # noqa: E402
from samtranslator.translator.arn_generator import ArnGenerator  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402

from templates import BASE, templates  # noqa: E402


class Policies:
    def load(self):
        return {}


class Repository:
    def create_cloud_formation_template(self, **given):
        return {"ApplicationId": given.get("ApplicationId"), "TemplateId": "stub", "TemplateUrl": "https://stub.invalid/t", "Status": "ACTIVE"}


ServerlessAppPlugin._sar_client = property(lambda self: Repository())
NAMES = re.compile(r"\$\{([^!}][^}]*)\}")


def edges(node, ids, found):
    if isinstance(node, list):
        for one in node:
            edges(one, ids, found)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "Ref" and isinstance(value, str):
            found.add((value, "Ref"))
        elif key == "Fn::GetAtt":
            parts = value.split(".", 1) if isinstance(value, str) else value
            if isinstance(parts, list) and parts and isinstance(parts[0], str):
                found.add((parts[0], "GetAtt"))
        elif key == "Fn::Sub":
            text, given = (value, {}) if isinstance(value, str) else (value[0], value[1] if len(value) > 1 else {})
            for name in NAMES.findall(text):
                if name not in given:
                    found.add((name.split(".")[0], "Sub"))
            edges(given, ids, found)
        else:
            edges(value, ids, found)


def summary(done):
    resources = done["Resources"]
    made = {}
    for name, body in sorted(resources.items()):
        found = set()
        edges({k: body.get(k) for k in ("Properties", "UpdatePolicy", "CreationPolicy")}, resources, found)
        depends = body.get("DependsOn") or []
        found |= {(one, "DependsOn") for one in ([depends] if isinstance(depends, str) else depends)}
        made[name] = [body.get("Type"), body.get("Condition", "")] + sorted("%s %s" % (kind, to) for to, kind in found if to in resources)
    return made


def expected(template, parameters, region):
    os.environ["AWS_DEFAULT_REGION"] = region
    boto3.setup_default_session(region_name=region)
    ArnGenerator.BOTO_SESSION_REGION_NAME = region
    try:
        return {"made": summary(transform(copy.deepcopy(template), dict(parameters), Policies()))}
    except InvalidDocumentException as error:
        ids = set()
        for cause in error.causes:
            ids.add(str(getattr(cause, "_logical_id", "")))
        return {"refused": sorted(ids), "why": [cause.message for cause in error.causes]}


def main():
    seed, count = (int(one) for one in (sys.argv[1:3] or (1, 24)))
    out = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else pathlib.Path(__file__).resolve().parents[2] / "vectors" / "sam.jsonl")
    with out.open("w", encoding="utf-8") as lines:
        lines.write(json.dumps({"base": BASE}, separators=(",", ":")) + "\n")
        for name, template, parameters, region in templates(seed, count):
            # Every template has all of these sections, some with other content.
            own = {key: value for key, value in template.items() if BASE.get(key) != value}
            try:
                line = {"name": name, "region": region, "parameters": parameters, "template": own, **expected(template, parameters, region)}
            except Exception as error:  # A template that the reference itself falls over has no expectation.
                print("the reference fails on %s: %r" % (name, error), file=sys.stderr)
                continue
            lines.write(json.dumps(line, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
