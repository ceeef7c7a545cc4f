// Loads a relocatable object into this process (contracts C18, C19): sections into one arena of private
// anonymous pages, which are written first and made executable then. What the object leaves undefined is
// asked of a resolver. Objects come from the back end or the cache and are not trusted to be well formed:
// what is malformed is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/diagnostic.h"

namespace lancehead {

// Gives the address (for lh$type$... and the like: the value) of an undefined symbol; false if it is unknown.
using SymbolResolver = std::function<bool(const char* name, uint64_t* value)>;

// An object in memory; unmapped on destruction.
class LoadedObject {
 public:
  ~LoadedObject();
  LoadedObject(const LoadedObject&) = delete;
  LoadedObject& operator=(const LoadedObject&) = delete;

  // The address of a global symbol that the object defines, or null.
  void* symbol(const std::string& name) const;
  size_t size() const { return size_; }  // of the arena

 private:
  friend class ObjectLoader;
  LoadedObject(std::byte* base, size_t size) : base_(base), size_(size) {}

  std::byte* base_;
  size_t size_;
  std::unordered_map<std::string, void*> symbols_;
};

Expected<std::shared_ptr<const LoadedObject>> load_object(std::string_view bytes,
                                                          const SymbolResolver& resolve);

}  // namespace lancehead
