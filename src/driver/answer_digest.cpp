// Fingerprints, and a walk over the objects of an answer.
#include "driver/answer_digest.h"

#include "frontend/fingerprint.h"

namespace lancehead {
namespace {

void collect(const PyValue& value, AnswerDigest& out) {
  for (const PyValue& item : value.items) collect(item, out);
  if (value.is(PyKind::Code))
    for (const PyValue& constant : value.code->consts) collect(constant, out);
  if (!value.is(PyKind::Object)) return;
  out.handles.push_back(value.object->array ? value.object->array->handle : value.object->handle);
}

void collect(const std::vector<Snapshot::Binding>& bindings, AnswerDigest& out) {
  for (const Snapshot::Binding& b : bindings) collect(b.second, out);
}

}  // namespace

AnswerDigest digest(const Answer& answer) {
  AnswerDigest out;
  if (!answer.snapshot) {
    out.hash = fingerprint(answer.value);
    collect(answer.value, out);
    return out;
  }
  const Snapshot& s = *answer.snapshot;
  out.hash = fingerprint(s);
  out.handles.push_back(s.handle);
  collect(s.globals, out);
  collect(s.closure, out);
  for (const PyValue& value : s.defaults) collect(value, out);
  collect(s.kwdefaults, out);
  for (const PyValue& constant : s.code->consts) collect(constant, out);
  return out;
}

}  // namespace lancehead
