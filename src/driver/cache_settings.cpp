// Reads the environment (cache_settings.h).
#include "driver/cache_settings.h"

#include <strings.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace lancehead {
namespace {

std::mutex g_mutex;
std::string g_folder, g_limit;

std::string assigned(const std::string& setting) {
  std::lock_guard<std::mutex> lock(g_mutex);
  return setting;
}

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace

void set_cache_settings(std::string folder, std::string limit) {
  std::lock_guard<std::mutex> lock(g_mutex);
  g_folder = std::move(folder);
  g_limit = std::move(limit);
}

bool cache_is_off() {
  const char* value = variable("LANCEHEAD_CACHE");
  return value && (!std::strcmp(value, "0") || !strcasecmp(value, "off") || !strcasecmp(value, "false"));
}

std::string user_cache_folder() {
  if (std::string folder = assigned(g_folder); !folder.empty()) return folder;
  for (const char* name : {"LANCEHEAD_CACHE_DIR", "NUMBA_CACHE_DIR"})
    if (const char* folder = variable(name)) return folder;
  if (const char* folder = variable("XDG_CACHE_HOME")) return std::string(folder) + "/lancehead";
  const char* home = variable("HOME");
  return home ? std::string(home) + "/.cache/lancehead" : std::string();
}

std::optional<uint64_t> parse_size(std::string_view text) {
  uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
  if (unit.size() > 1 && (unit.back() == 'B' || unit.back() == 'b')) unit.remove_suffix(1);
  if (unit.empty() || unit == "B") return number;
  constexpr std::string_view kUnits = "KMGT";
  size_t power = unit.size() == 1 ? kUnits.find(static_cast<char>(unit[0] & ~0x20)) : std::string_view::npos;
  if (power == std::string_view::npos) return std::nullopt;
  unsigned shift = 10 * (static_cast<unsigned>(power) + 1);
  return number > (UINT64_MAX >> shift) ? UINT64_MAX : number << shift;
}

uint64_t cache_limit() {
  std::string text = assigned(g_limit);
  if (text.empty())
    if (const char* value = variable("LANCEHEAD_CACHE_LIMIT")) text = value;
  return parse_size(text).value_or(kDefaultCacheLimit);
}

}  // namespace lancehead
