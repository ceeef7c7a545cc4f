// A loaded unit, and the values of the symbols that its object names (the back end's names.cpp says which).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "driver/code.h"
#include "driver/loader.h"
#include "driver/unit_registry.h"

namespace lancehead {

// An object that code names, and what keeps it alive.
struct LiveObject {
  void* object = nullptr;
  std::shared_ptr<const void> keeper;
};

// An array that code reads where it is, and what keeps it there.
struct LiveArray {
  void* object = nullptr;
  void* data = nullptr;  // of element 0
  std::shared_ptr<const void> keeper;
};

// Python objects that compiled code names, as addresses; given once by pyext.
struct ObjectHooks {
  LiveObject (*object)(const char* name, uint32_t handle) = nullptr;  // by handle, else by name
  LiveArray (*array)(uint32_t handle) = nullptr;
};
void set_object_hooks(const ObjectHooks& hooks);

struct FunctionSource {
  std::string symbol, name, file;
  int32_t first_line = 0;
  uint32_t handle = 0;  // of the Python function that it is from
};

// One loaded object: keeps the units that it calls alive, its mapping, and what its code names. It does not
// change once it is loaded, but for `callees`, which whoever made it sets.
struct LoadedUnit {
  std::shared_ptr<const LoadedObject> image;
  std::vector<std::shared_ptr<LoadedUnit>> callees;
  std::vector<std::shared_ptr<CodeCell>> cells;  // of its functions, and of those that it calls
  std::vector<std::unique_ptr<FunctionRecord>> records;
  std::vector<std::unique_ptr<std::string>> texts;
  std::vector<std::shared_ptr<const void>> held;  // keepers of the objects that it names
  std::vector<FunctionSource> sources;
  std::vector<uint8_t> object;  // as it was loaded, for the cache
};

// The Python objects of a unit that another process compiled: the handles here of those that its symbols
// name, and what tells it from the same unit with other objects. `suffix` follows the symbols of its
// functions and of those that it calls.
struct LiveObjects {
  std::function<uint32_t(uint32_t)> handle;
  std::string suffix;
};

// Loads an object; `sources` says which functions it holds. Their cells lead to it from then on.
Expected<std::shared_ptr<LoadedUnit>> load_unit(std::vector<uint8_t> object,
                                                std::vector<FunctionSource> sources,
                                                const LiveObjects& live = {});
// Adds keepers of the Python objects that values of the type are; jitted functions are held by who names
// them.
void hold_objects_of(TypeId type, std::vector<std::shared_ptr<const void>>& held);
EntryPoint find_entry(const LoadedUnit& unit, const std::string& symbol);

}  // namespace lancehead
