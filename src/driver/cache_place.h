// Where the cache's entries of a function lie (contract C12): in the user's cache folder or, for cache=True,
// in `__pycache__` beside the source if that can be written; both are read. A folder that others could have
// changed is neither read nor written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "driver/cache_trust.h"

namespace lancehead {

struct CachePlace {
  std::vector<std::string> read;  // folders to look into, in this order
  std::string write;              // where a new entry goes; empty: nowhere can be written
  std::string why;                // why a folder is not read or not written; empty if all is as asked for
  std::optional<SourceOwner> source;
};

CachePlace cache_place(const std::string& source_file, bool beside_source);

struct FolderState {
  bool readable = false, writable = false;
  std::string why;  // why it is not both; empty for a folder that is still to be made
};
FolderState state_of_folder(const std::string& folder, const std::optional<SourceOwner>& source);

}  // namespace lancehead
