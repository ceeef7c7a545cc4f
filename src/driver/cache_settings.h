// What is set of the cache: by the program, else by the environment, which is read at each use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lancehead {

// What the program assigned (config.CACHE_DIR, config.CACHE_LIMIT); empty: the environment counts.
void set_cache_settings(std::string folder, std::string limit);

bool cache_is_off();  // LANCEHEAD_CACHE=0
// LANCEHEAD_CACHE_DIR, NUMBA_CACHE_DIR, $XDG_CACHE_HOME/lancehead or ~/.cache/lancehead; empty: none is
// known.
std::string user_cache_folder();
// LANCEHEAD_CACHE_LIMIT: bytes in one folder, beyond which the least recently used entries go.
uint64_t cache_limit();
constexpr uint64_t kDefaultCacheLimit = 512ull << 20;

// "1000", "64K", "512M", "2G", with or without a B behind.
std::optional<uint64_t> parse_size(std::string_view text);

}  // namespace lancehead
