// Looks at the folders (cache_place.h).
#include "driver/cache_place.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "driver/cache_settings.h"

namespace lancehead {
namespace {

std::string parent_of(const std::string& path) {
  size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool can_write(const std::string& folder) {
  return faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

std::string error_text() {
  return std::strerror(errno);
}

// Whether a folder that is not there can be made; errno says why not.
bool can_make(const std::string& folder) {
  for (std::string at = parent_of(folder);; at = parent_of(at)) {
    struct stat info {};
    if (stat(at.c_str(), &info) == 0) {
      if (S_ISDIR(info.st_mode)) return can_write(at);
      errno = ENOTDIR;
      return false;
    }
    if (errno != ENOENT || at == "/" || at == ".") return false;
  }
}

void add_reason(std::string& why, const std::string& more) {
  if (!more.empty()) why += (why.empty() ? "" : "; ") + more;
}

void consider(CachePlace& place, const std::string& folder) {
  FolderState state = state_of_folder(folder, place.source);
  if (state.readable) place.read.push_back(folder);
  if (!place.write.empty()) return;
  if (state.writable) place.write = folder;
  add_reason(place.why, state.why);
}

}  // namespace

FolderState state_of_folder(const std::string& folder, const std::optional<SourceOwner>& source) {
  FolderState out;
  struct stat info {};
  if (stat(folder.c_str(), &info) != 0) {
    out.writable = errno == ENOENT && can_make(folder);
    if (!out.writable) out.why = folder + " cannot be made: " + error_text();
    return out;
  }
  if (!S_ISDIR(info.st_mode)) {
    out.why = folder + " is no folder";
    return out;
  }
  if (std::string why = distrust(info, source, geteuid()); !why.empty()) {
    out.why = folder + " is not trusted: " + why;
    return out;
  }
  out.readable = true;
  out.writable = can_write(folder);
  if (!out.writable) out.why = folder + " cannot be written: " + error_text();
  return out;
}

CachePlace cache_place(const std::string& source_file, bool beside_source) {
  CachePlace place;
  if (cache_is_off()) {
    place.why = "LANCEHEAD_CACHE turns the cache off";
    return place;
  }
  place.source = owner_of_source(source_file);
  if (beside_source && place.source)
    consider(place, parent_of(source_file) + "/__pycache__");
  else if (beside_source)
    place.why = "the function has no source file, beside which its entries could lie";
  if (std::string user = user_cache_folder(); !user.empty())
    consider(place, user);
  else if (place.write.empty())
    add_reason(place.why, "none of LANCEHEAD_CACHE_DIR, XDG_CACHE_HOME and HOME is set");
  if (cache_limit() == 0) {
    place.write.clear();
    add_reason(place.why, "LANCEHEAD_CACHE_LIMIT is 0");
  }
  return place;
}

}  // namespace lancehead
