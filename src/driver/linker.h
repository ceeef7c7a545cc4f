// What is loaded: specialisations by symbol, the cells through which units call each other, and the values of
// the symbols that compiled code names (docs: the backend's names.cpp). Process-wide; a specialisation is
// loaded once.
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

// An array that code reads where it is, and what keeps it there.
struct LiveArray {
  void* object = nullptr;
  void* data = nullptr;  // of element 0
  std::shared_ptr<const void> keeper;
};

// Python objects that compiled code names, as addresses; given once by pyext.
struct ObjectHooks {
  void* (*exception_class)(const char* name,
                           uint32_t handle) = nullptr;  // by name, or by handle where name is empty
  void* (*object)(const char* name, uint32_t handle) = nullptr;
  LiveArray (*array)(uint32_t handle) = nullptr;
};
void set_object_hooks(const ObjectHooks& hooks);

struct FunctionSource {
  std::string symbol, name, file;
  int32_t first_line = 0;
  uint32_t handle = 0;  // of the Python function that it is from
};

// One loaded object: keeps the units that it calls alive, and its mapping.
struct LoadedUnit {
  std::shared_ptr<const LoadedObject> image;
  std::vector<std::shared_ptr<LoadedUnit>> callees;
  std::vector<std::unique_ptr<FunctionRecord>> records;
  std::vector<std::unique_ptr<std::string>> texts;
  std::vector<std::shared_ptr<const void>> arrays;  // keepers of those that it reads
  std::vector<std::string> symbols;
  std::vector<FunctionSource> sources;
  std::vector<uint8_t> object;  // as it was loaded, for the cache
  ~LoadedUnit();
};

// The Python objects of a unit that another process compiled: the handles here of those that its symbols
// name, and what tells it from the same unit with other objects. `suffix` follows the symbols of its
// functions and of those that it calls.
struct LiveObjects {
  std::function<uint32_t(uint32_t)> handle;
  std::string suffix;
};

// Loads an object; `sources` says which functions it holds.
Expected<std::shared_ptr<LoadedUnit>> load_unit(std::vector<uint8_t> object,
                                                std::vector<FunctionSource> sources,
                                                std::vector<std::shared_ptr<LoadedUnit>> callees,
                                                const LiveObjects& live = {});
// The unit that holds a function, if it is loaded; the symbol with its suffix.
std::shared_ptr<LoadedUnit> find_unit(const std::string& symbol);
EntryPoint find_entry(const LoadedUnit& unit, const std::string& symbol);

}  // namespace lancehead
