// What lancehead.cache and lancehead.options need of the cache's store.
#pragma once

#include <nanobind/nanobind.h>

namespace lancehead {

// user_cache_folder(), list_store(folder), clear_store(folder), finish_cache_writes(),
// set_cache_settings(folder, limit)
void define_cache_functions(nanobind::module_& m);

}  // namespace lancehead
