// References to Python objects held by compiled code (contract C10). A thread that holds the GIL counts
// directly; another adds to a ledger of net differences, which is settled by whoever holds the GIL next. That
// a retain may be settled late is safe because a call from Python keeps its arguments alive until it has
// drained the ledger.
#pragma once

namespace lancehead {

void retain_python(void* object);
void release_python(void* object);

extern "C" {
bool lh_python_ledger_is_empty();
void lh_drain_python_ledger();  // with the GIL held
}

}  // namespace lancehead
