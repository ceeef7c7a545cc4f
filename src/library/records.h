// Records: elements of arrays with fields. A record is where it lies, never a copy; what is stored into a
// field or a record is converted field by field, as NumPy does it.
#pragma once

#include "library/rows.h"

namespace lancehead {

// The address of a field, or of a whole array's field: `base` is a record or an array of records.
ValueId field_address(Emitter& e, ValueId base, int64_t offset);

// `record.name`, `record["name"]`, `record[0]`: a scalar, a record, or an array that is a view.
Lookup record_attribute(TypeId record, std::string_view name);
Lookup record_getitem(const Query& query);
// `array["name"]`: a view of one field of every record.
Lookup field_view(TypeId array, std::string_view name);

// Arguments: record or array of records, (key,) value.
Lookup record_setattr(const Query& query, std::string_view name);
Lookup record_setitem(const Query& query);

// Whether such a value can be stored where an element (or field) of type `target` lies.
bool can_store(TypeId target, const Argument& value);
// Stores it there; `base` is the array or record that the address is in.
void store_at(Emitter& e, ValueId base, ValueId address, TypeId target, ValueId value);

// Stores an element at checked indices, a record too.
void store_element(Emitter& e, ValueId array, const std::vector<ValueId>& indices, ValueId value);

// Copies an array of records, or one value for all, into another array of records, whatever memory they
// share.
bool can_store_records(TypeId array, const Argument& value);
void store_records(Emitter& e, ValueId array, ValueId value);
ValueId copied_records(Emitter& e, ValueId array);

}  // namespace lancehead
