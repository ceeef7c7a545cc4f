// The store's files: slots, temporary files, what is not read, eviction.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>

#include "cache_fixture.h"
#include "driver/cache_upkeep.h"
#include "driver/cache_writer.h"

namespace lancehead {
namespace {

using Titles = std::vector<std::string>;

TEST_F(StoreTest, EntriesOfOneKeyLieSideBySide) {
  EXPECT_EQ(write(1, 1, "one"), "");
  EXPECT_EQ(write(1, 2, "two"), "");
  EXPECT_EQ(write(2, 1, "other"), "");
  EXPECT_EQ(titles(1).size(), 2u);
  EXPECT_EQ(titles(2), Titles{"other"});
  EXPECT_EQ(titles(3), Titles{});
  EXPECT_EQ(count(".tmp"), 0u);
}

TEST_F(StoreTest, TheSameIdentityReplaces) {
  write(1, 1, "old");
  write(1, 1, "new");
  EXPECT_EQ(titles(1), Titles{"new"});
}

TEST_F(StoreTest, TheNewestComesFirst) {
  write(1, 1, "older");
  write(1, 2, "newer");
  std::string slot = numbered(1).hex() + ".0.lhc";
  const timespec times[2] = {{0, UTIME_OMIT}, {1000, 0}};
  utimensat(AT_FDCWD, (folder_ + "/" + slot).c_str(), times, 0);
  EXPECT_EQ(titles(1), (Titles{"newer", "older"}));
}

TEST_F(StoreTest, AKeyHasAFewEntriesAndTheLeastUsedGoes) {
  for (uint64_t k = 0; k < 16; ++k) write(1, k, "entry " + std::to_string(k));
  for (int k = 0; k < 16; ++k)
    set_used(numbered(1).hex() + "." + std::to_string(k) + ".lhc", k == 5 ? 1000 : 2000000000);
  write(1, 99, "one more");
  Titles left = titles(1);
  EXPECT_EQ(left.size(), 16u);
  EXPECT_EQ(std::count(left.begin(), left.end(), "entry 5"), 0);
  EXPECT_EQ(std::count(left.begin(), left.end(), "one more"), 1);
}

TEST_F(StoreTest, WhatMayBeAnothersIsNotRead) {
  const std::string file = folder_ + "/" + numbered(1).hex() + ".0.lhc";
  auto refused = [&] {
    FoundEntries found = read_entries(place(), numbered(1));
    EXPECT_TRUE(found.entries.empty());
    return found.refused;
  };
  write(1, 1, "one");
  chmod(file.c_str(), 0646);
  EXPECT_EQ(refused(), file + " is not read: everybody can write to it");
  chmod(file.c_str(), 0664);
  EXPECT_EQ(refused(), file + " is not read: its group can write to it");
  chmod(file.c_str(), 0644);
  EXPECT_EQ(titles(1), Titles{"one"});
  rename(file.c_str(), (folder_ + "/elsewhere").c_str());
  ASSERT_EQ(symlink("elsewhere", file.c_str()), 0);
  EXPECT_EQ(refused(), file + " is not read: it is a symbolic link");
  unlink(file.c_str());
  mkfifo(file.c_str(), 0600);
  EXPECT_EQ(refused(), file + " is not read: it is no regular file");
  unlink(file.c_str());
  mkdir(file.c_str(), 0700);
  EXPECT_EQ(refused(), file + " is not read: it is no regular file");
}

TEST_F(StoreTest, AFolderThatOthersCanChangeIsNotWritten) {
  chmod(folder_.c_str(), 0777);
  EXPECT_EQ(write(1, 1, "one"), folder_ + " is not trusted: everybody can write to it");
  EXPECT_EQ(names(), Titles{});
  FolderState state = state_of_folder(folder_, std::nullopt);
  EXPECT_FALSE(state.readable || state.writable);
  chmod(folder_.c_str(), 01777);
  EXPECT_EQ(write(1, 1, "one"), "");
}

TEST_F(StoreTest, AFolderMayBeReachedThroughALink) {
  std::string link = folder_ + "-link";
  ASSERT_EQ(symlink(folder_.c_str(), link.c_str()), 0);
  EntryWrite through = entry(1, 1, "one");
  through.folder = link;
  EXPECT_EQ(write_entry(through), "");
  EXPECT_EQ(titles(1), Titles{"one"});
  unlink(link.c_str());
}

TEST_F(StoreTest, AFileInTheFoldersPlaceIsAReason) {
  std::ofstream(folder_ + "/file") << "x";
  EntryWrite wrong = entry(1, 1, "one");
  wrong.folder = folder_ + "/file/store";
  EXPECT_EQ(write_entry(wrong), wrong.folder + " cannot be written: Not a directory");
  EXPECT_EQ(state_of_folder(wrong.folder, std::nullopt).why,
            wrong.folder + " cannot be made: Not a directory");
  EXPECT_EQ(state_of_folder(folder_ + "/file", std::nullopt).why, folder_ + "/file is no folder");
}

TEST_F(StoreTest, ALockedTemporaryFileIsLeftAloneAndAnAbandonedOneUsed) {
  std::string first = folder_ + "/lancehead-0.tmp";
  int held = open(first.c_str(), O_WRONLY | O_CREAT, 0644);
  ASSERT_EQ(flock(held, LOCK_EX), 0);
  write(1, 1, "one");
  EXPECT_EQ(count(".tmp"), 1u);
  close(held);
  write(1, 2, "two");
  EXPECT_EQ(count(".tmp"), 0u);
  EXPECT_EQ(titles(1).size(), 2u);
}

TEST_F(StoreTest, AWriterMayDieAtAnyMoment) {
  for (int round = 0; round < 20; ++round) {
    pid_t child = fork();
    if (child == 0)
      for (uint64_t k = 0;; ++k) write(k % 8, k, std::string(100000, 'x'));
    // Long enough to be anywhere in its work.
    usleep(static_cast<useconds_t>(500 + 300 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    EXPECT_LE(count(".tmp"), 1u);
    for (uint64_t k = 0; k < 8; ++k)
      EXPECT_EQ(titles(k).size(), read_entries(place(), numbered(k)).entries.size()) << "a part of an entry";
  }
  write(1, 1, "one");
  EXPECT_EQ(count(".tmp"), 0u);
}

TEST_F(StoreTest, AFullDiskLeavesNothingBehind) {
  pid_t child = fork();
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    rlimit small{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &small);
    _exit(write(1, 1, std::string(100000, 'x')) == folder_ + " cannot be written: File too large" ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(count(".tmp") + count(".lhc"), 0u);
}

TEST_F(StoreTest, TheLeastRecentlyUsedAreEvicted) {
  limit_ = 64 << 10;  // sixteen blocks
  for (uint64_t k = 0; k < 14; ++k) {
    write(k, k, "entry");
    set_used(numbered(k).hex() + ".0.lhc", k == 3 ? 2000000000 : 1000 + static_cast<int64_t>(k));
  }
  EXPECT_EQ(count(".lhc"), 14u);
  for (uint64_t k = 14; k < 20; ++k) write(k, k, "entry");
  EXPECT_LE(count(".lhc"), 16u);
  EXPECT_EQ(titles(3).size(), 1u) << "used of late";
  EXPECT_EQ(titles(19).size(), 1u) << "written last";
  EXPECT_EQ(titles(0).size() + titles(1).size(), 0u) << "not used for long";
}

TEST_F(StoreTest, AFolderWhoseUsageIsNotKnownIsCounted) {
  limit_ = 64 << 10;
  for (uint64_t k = 0; k < 14; ++k) write(k, k, "entry");
  unlink((folder_ + "/lancehead.usage").c_str());
  limit_ = 32 << 10;
  write(20, 20, "entry");
  EXPECT_LE(count(".lhc"), 8u);
}

TEST_F(StoreTest, OddFilesUnderItsNamesDoNotStopIt) {
  mkfifo((folder_ + "/lancehead.usage").c_str(), 0600);
  mkfifo((folder_ + "/lancehead-0.tmp").c_str(), 0600);
  mkdir((folder_ + "/lancehead-1.tmp").c_str(), 0700);
  ASSERT_EQ(symlink("nowhere", (folder_ + "/lancehead-2.tmp").c_str()), 0);
  EXPECT_EQ(write(1, 1, "one"), "");
  EXPECT_EQ(titles(1), Titles{"one"});
  EXPECT_EQ(clear_store(folder_).removed, 1u);
}

TEST_F(StoreTest, WhatDoesNotFitIsNotWritten) {
  limit_ = 10000;
  EXPECT_EQ(write(1, 1, std::string(20000, 'x')), "");
  EXPECT_EQ(names(), Titles{});
}

TEST_F(StoreTest, OtherFilesStay) {
  std::ofstream(folder_ + "/notes.txt") << "mine";
  std::ofstream(folder_ + "/notes.lhc") << "mine";
  write(1, 1, "one");
  EXPECT_EQ(clear_store(folder_).removed, 1u);
  EXPECT_EQ(names(), (Titles{"notes.lhc", "notes.txt"}));
}

TEST_F(StoreTest, TheListingSaysWhatAndWhyNot) {
  write(1, 1, "good");
  write(2, 1, "open");
  write(3, 1, "damaged");
  chmod((folder_ + "/" + numbered(2).hex() + ".0.lhc").c_str(), 0666);
  truncate((folder_ + "/" + numbered(3).hex() + ".0.lhc").c_str(), 50);
  StoreListing listing = list_store(folder_);
  ASSERT_EQ(listing.entries.size(), 3u);
  Titles refused, titles;
  for (const ListedEntry& e : listing.entries)
    (e.refused.empty() ? titles : refused).push_back(e.title + e.refused);
  std::sort(refused.begin(), refused.end());
  EXPECT_EQ(titles, Titles{"good"});
  EXPECT_EQ(refused, (Titles{"everybody can write to it", "it is damaged or of another version"}));
}

TEST_F(StoreTest, NothingIsWrittenBeforeItIsReleased) {
  queue_cache_write(entry(1, 1, "one"));
  EXPECT_EQ(names(), Titles{});
  release_cache_writes();
  queue_cache_write(entry(2, 2, "two"));
  finish_cache_writes();
  EXPECT_EQ(titles(1), Titles{"one"});
  EXPECT_EQ(titles(2), Titles{"two"}) << "written at the end at the latest";
}

}  // namespace
}  // namespace lancehead
