// What is loaded: specialisations by symbol, the cells through which units call each other, and the values of the symbols
// that compiled code names (docs: the backend's names.cpp). Process-wide; a specialisation is loaded once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "driver/code.h"
#include "driver/loader.h"

namespace lancehead {

// Python objects that compiled code names, as addresses; given once by pyext.
struct ObjectHooks {
  void* (*exception_class)(const char* name, uint32_t handle) = nullptr;  // by name, or by handle where name is empty
  void* (*object)(const char* name, uint32_t handle) = nullptr;
};
void set_object_hooks(const ObjectHooks& hooks);

struct FunctionSource {
  std::string symbol, name, file;
  int32_t first_line = 0;
  uint32_t handle = 0;                    // of the Python function that it is from
};

// One loaded object: keeps the units that it calls alive, and its mapping.
struct LoadedUnit {
  std::shared_ptr<const LoadedObject> image;
  std::vector<std::shared_ptr<LoadedUnit>> callees;
  std::vector<std::unique_ptr<FunctionRecord>> records;
  std::vector<std::unique_ptr<std::string>> texts;
  std::vector<std::string> symbols;
  std::vector<FunctionSource> sources;
  std::vector<uint8_t> object;            // as it was loaded, for the cache
  ~LoadedUnit();
};

// Loads an object; `sources` says which functions it holds. Handles in its symbols are mapped by `live_handle`, if there is one.
Expected<std::shared_ptr<LoadedUnit>> load_unit(std::vector<uint8_t> object, std::vector<FunctionSource> sources,
                                                std::vector<std::shared_ptr<LoadedUnit>> callees,
                                                const std::function<uint32_t(uint32_t)>& live_handle = {});
// The unit that holds a function, if it is loaded.
std::shared_ptr<LoadedUnit> find_unit(const std::string& symbol);
EntryPoint find_entry(const LoadedUnit& unit, const std::string& symbol);

}  // namespace lancehead
