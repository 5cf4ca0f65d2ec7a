"""Calls Books.Throw and prints what grpcio, and Google's definitions, read of the error."""

import json
import sys

import grpc

# Compiled by protoc from Google's own definitions and from library.proto
sys.path.insert(0, sys.argv[2])
from google.protobuf import json_format  # noqa: E402
from google.rpc import error_details_pb2, status_pb2  # noqa: E402
import library_pb2  # noqa: E402

DETAILS = {
    "google.rpc." + name: getattr(error_details_pb2, name)
    for name in ("ErrorInfo", "BadRequest", "RetryInfo", "RequestInfo")
}


def read(error):
    metadata = dict(error.trailing_metadata())
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    details = []
    for any_ in status.details:
        message = DETAILS[any_.TypeName()]()
        assert any_.Unpack(message)
        details.append([any_.TypeName(), json_format.MessageToDict(message)])
    return {
        "code": error.code().name,
        "details": error.details(),
        "status": [status.code, status.message, details],
    }


channel = grpc.insecure_channel("127.0.0.1:" + sys.argv[1])
throw = channel.unary_unary(
    "/library.v1.Books/Throw",
    request_serializer=library_pb2.Request.SerializeToString,
    response_deserializer=library_pb2.Reply.FromString,
)
answers = {}
for name in json.loads(sys.argv[3]):
    try:
        throw(library_pb2.Request(name=name), timeout=5)
    except grpc.RpcError as error:
        answers[name] = read(error)
print(json.dumps(answers))
