// The rules on owners and modes (cache_trust.h).
#include "driver/cache_trust.h"

namespace lancehead {

std::optional<SourceOwner> owner_of_source(const std::string& file) {
  struct stat info {};
  if (file.empty() || file[0] != '/' || stat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
    return std::nullopt;
  return SourceOwner{info.st_uid, info.st_gid, info.st_mode};
}

std::string distrust(const struct stat& info, const std::optional<SourceOwner>& source, uid_t user) {
  bool owner = info.st_uid == user || info.st_uid == 0 || (source && info.st_uid == source->user);
  if (!owner) return "it belongs to user " + std::to_string(info.st_uid);
  // In a sticky folder (/tmp) nobody can put a file of their own in place of another's.
  if (S_ISDIR(info.st_mode) && (info.st_mode & S_ISVTX)) return "";
  bool source_is_open = source && (source->mode & S_IWOTH);
  if ((info.st_mode & S_IWOTH) && !source_is_open) return "everybody can write to it";
  bool same_group = source && (source->mode & S_IWGRP) && source->group == info.st_gid;
  if ((info.st_mode & S_IWGRP) && !same_group && !source_is_open) return "its group can write to it";
  return "";
}

}  // namespace lancehead
