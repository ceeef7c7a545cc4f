// An open file or folder, closed at the end of its scope.
#pragma once

#include <unistd.h>

#include <utility>

namespace lancehead {

class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int file) : file_(file) {}
  FileHandle(FileHandle&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~FileHandle() {
    if (file_ >= 0) close(file_);
  }
  bool valid() const { return file_ >= 0; }
  int get() const { return file_; }

 private:
  int file_ = -1;
};

}  // namespace lancehead
