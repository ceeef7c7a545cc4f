// The recordings of tests/infer/replays: what compiling a Python program asked, without the IR that it gave.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "infer/recording.h"

namespace lancehead::testing {

inline Recording replay_named(const std::string& name) {
  std::stringstream text;
  text << std::ifstream(LANCEHEAD_TESTS_DIR "/infer/replays/" + name + ".txt").rdbuf();
  std::string recording = text.str();
  Expected<Recording> read = read_recording(recording.substr(0, recording.find("\n; resolved\n") + 1));
  if (!read) ADD_FAILURE() << name << ": " << read.error().message();
  return read ? std::move(*read) : Recording{};
}

}  // namespace lancehead::testing
