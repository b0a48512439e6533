"""Write request-shapes.json: what the published protocol of MLflow says that Databricks takes.

Run with a Python that has mlflow:  python describe-requests.py > request-shapes.json
"""

import importlib
import json

import mlflow
from google.protobuf.descriptor import FieldDescriptor
from mlflow.protos import databricks_pb2

SERVICES = [
    ("service_pb2", "MlflowService"),
    ("model_registry_pb2", "ModelRegistryService"),
    ("databricks_artifacts_pb2", "DatabricksMlflowArtifactsService"),
    ("databricks_filesystem_service_pb2", "FilesystemService"),
    ("databricks_uc_registry_service_pb2", "UcModelRegistryService"),
    ("unity_catalog_service_pb2", "UnityCatalogService"),
]
LEFT_OUT = ("trace", "assessment", "prompt", "webhook", "scorer", "gateway", "dataset", "issue",
            "label", "review", "job", "lineage", "presigned", "bulk", "workspaces", "graphql",
            "evaluation", "budget", "secret", "endpoint", "guardrail")
SCALARS = {
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_BOOL: "bool",
    FieldDescriptor.TYPE_INT64: "int",
    FieldDescriptor.TYPE_INT32: "int",
    FieldDescriptor.TYPE_DOUBLE: "double",
}
messages = {}


def type_of(field):
    if field.enum_type:
        name = "|".join(value.name for value in field.enum_type.values)
    elif field.message_type:
        name = field.message_type.full_name
        if name not in messages:
            messages[name] = {}
            messages[name].update(fields_of(field.message_type))
    else:
        name = SCALARS[field.type]
    return name + ("[]" if field.is_repeated else "")


def fields_of(message):
    return {field.name: type_of(field) for field in message.fields}


def required_of(message):
    extension = databricks_pb2.validate_required
    return [f.name for f in message.fields if f.GetOptions().Extensions[extension]]


requests = []
for module, service in SERVICES:
    descriptor = importlib.import_module(f"mlflow.protos.{module}").DESCRIPTOR
    for method in descriptor.services_by_name[service].methods:
        for endpoint in method.GetOptions().Extensions[databricks_pb2.rpc].endpoints:
            if any(word in endpoint.path for word in LEFT_OUT) and "mlflow/runs" not in endpoint.path:
                continue
            version = f"{endpoint.since.major}.{endpoint.since.minor}"
            requests.append({
                "method": endpoint.method,
                "path": f"/api/{version}{endpoint.path}",
                "fields": fields_of(method.input_type),
                "required": required_of(method.input_type),
            })

shapes = {"mlflow": mlflow.__version__, "requests": requests, "messages": messages}
print(json.dumps(shapes, indent=1, sort_keys=True))
