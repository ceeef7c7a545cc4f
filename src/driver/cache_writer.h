// The thread that writes cache entries. What is queued is written once the first call has returned, or at the
// latest when the process ends.
#pragma once

#include <string>

#include "driver/cache_store.h"

namespace lancehead {

void queue_cache_write(EntryWrite write);
void release_cache_writes();  // what is queued may be written now
// Waits until all that was queued is written, and ends the thread.
void finish_cache_writes();
// Why the last write into this folder failed; empty if it did not.
std::string last_write_failure(const std::string& folder);

}  // namespace lancehead
