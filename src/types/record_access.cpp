// The interner knows both.
#include "types/record_access.h"

namespace lancehead {

TypeId record_like(TypeId record, bool readonly) {
  Type t = type_of(record);
  if (t.readonly == readonly) return record;
  t.readonly = readonly;
  return intern(t);
}

TypeId element_of(const Type& array) {
  return array.readonly && is_record(array.elem) ? record_like(array.elem, true) : array.elem;
}

}  // namespace lancehead
