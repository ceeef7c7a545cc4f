// Content hashes of snapshots (fingerprint.h).
#include "frontend/fingerprint.h"

#include <bit>

#include "types/text.h"

namespace lancehead {

namespace {

void add(Hasher& hash, const std::vector<std::string>& names) {
  hash.add(names.size());
  for (const std::string& name : names) hash.add(name);
}

void add(Hasher& hash, const std::vector<PyValue>& values) {
  hash.add(values.size());
  for (const PyValue& value : values) hash.add(fingerprint(value));
}

void add(Hasher& hash, const std::vector<Snapshot::Binding>& bindings) {
  hash.add(bindings.size());
  for (const auto& [name, value] : bindings) hash.add(name).add(fingerprint(value));
}

void add_object(Hasher& hash, const PyObjectData& object) {
  hash.add(static_cast<uint64_t>(object.object_class)).add(object.name).add(object.type_name);
  hash.add(object.type.valid() ? type_text(object.type) : std::string());
  hash.add(fingerprint(object.value));
  hash.add(static_cast<uint64_t>(object.array != nullptr));
  if (!object.array) return;
  for (const std::vector<int64_t>& numbers : {object.array->shape, object.array->strides}) {
    hash.add(numbers.size());
    for (int64_t n : numbers) hash.add(static_cast<uint64_t>(n));
  }
  hash.add(static_cast<uint64_t>(object.array->is_frozen())).add(object.array->bytes);
}

// `outer_line`: the first line of the function that the code is a constant of.
void add_code(Hasher& hash, const CodeData& code, int32_t outer_line) {
  hash.add(code.name).add(code.qualname).add(static_cast<uint64_t>(code.first_line - outer_line));
  hash.add(code.python).add(code.flags).add(code.arg_count).add(code.posonly_count).add(code.kwonly_count);
  add(hash, code.names);
  add(hash, code.var_names);
  add(hash, code.cell_vars);
  add(hash, code.free_vars);
  hash.add(code.code).add(code.line_table).add(code.exception_table);
  hash.add(code.consts.size());
  for (const PyValue& value : code.consts) {
    if (value.is(PyKind::Code)) {
      add_code(hash, *value.code, code.first_line);
    } else {
      hash.add(fingerprint(value));
    }
  }
}

}  // namespace

Hash128 fingerprint(const CodeData& code) {
  Hasher hash;
  add_code(hash, code, code.first_line);
  return hash.finish();
}

Hash128 fingerprint(const PyValue& value) {
  Hasher hash;
  hash.add(static_cast<uint64_t>(value.kind));
  switch (value.kind) {
    case PyKind::None:
    case PyKind::Ellipsis: break;
    case PyKind::Bool:
    case PyKind::Int:
    case PyKind::UInt: hash.add(value.u); break;
    case PyKind::Float:
    case PyKind::Complex:
      hash.add(std::bit_cast<uint64_t>(value.re)).add(std::bit_cast<uint64_t>(value.im));
      break;
    case PyKind::BigInt:
    case PyKind::Str:
    case PyKind::Bytes: hash.add(value.text); break;
    case PyKind::Tuple:
    case PyKind::Slice:
    case PyKind::FrozenSet: add(hash, value.items); break;
    case PyKind::Code: hash.add(fingerprint(*value.code)); break;
    case PyKind::Object: add_object(hash, *value.object); break;
  }
  return hash.finish();
}

Hash128 fingerprint(const Snapshot& snapshot) {
  Hasher hash;
  hash.add(snapshot.module).add(snapshot.qualname).add(fingerprint(*snapshot.code));
  add(hash, snapshot.globals);
  add(hash, snapshot.closure);
  add(hash, snapshot.defaults);
  add(hash, snapshot.kwdefaults);
  hash.add(snapshot.semantics ? semantics_bits(*snapshot.semantics) + 1 : 0);
  return hash.finish();
}

}  // namespace lancehead
