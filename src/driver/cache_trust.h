// Whose files are believed (contract C12): a store is trusted like a .pyc. A file or folder must belong to
// the user, to root or to the owner of the source, and no more people than may write to the source may write
// to it.
#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>

namespace lancehead {

// Of the source file of a function; none where it has no file.
struct SourceOwner {
  uid_t user = 0;
  gid_t group = 0;
  mode_t mode = 0;
};
std::optional<SourceOwner> owner_of_source(const std::string& file);

// Why a file or folder is not trusted by `user`; empty if it is.
std::string distrust(const struct stat& info, const std::optional<SourceOwner>& source, uid_t user);

}  // namespace lancehead
