// Looking a request up in the cache: entries with its key are tried, newest first, by asking their questions
// again; the first whose answers all hash as recorded is a hit. No inference runs.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "driver/answer_digest.h"
#include "driver/cache_entry.h"
#include "driver/cache_store.h"
#include "driver/compiler.h"

namespace lancehead {

using Answered = std::vector<std::pair<Question, Answer>>;

class CacheLookup {
 public:
  enum class State : uint8_t { Question, Hit, Miss };

  explicit CacheLookup(const CompileRequest& request) : request_(request) {}

  // Goes on with the answers that are there; on Question, `question` must be answered first.
  State step(const Answered& answered);
  const Question& question() const { return question_; }

  const CacheEntry& entry() const { return entry_; }  // after Hit
  uint32_t live_handle(uint32_t recorded) const;  // a handle of this process for one in the entry's objects
  // The snapshot that answered question `index` of the entry.
  const Snapshot* snapshot(uint32_t index) const { return asked_[index].second.snapshot.get(); }
  // What was asked, and answered, of the entry's questions.
  const Answered& answers() const { return asked_; }
  const std::string& refused() const { return refused_; }  // files that were passed over, and why

 private:
  bool start(const Answered& answered);
  bool next_candidate();
  Question live_question(const RecordedQuestion& recorded) const;

  const CompileRequest& request_;
  bool started_ = false;
  std::vector<StoredEntry> candidates_;
  std::string refused_;
  size_t candidate_ = 0;
  bool open_ = false;  // entry_ is the candidate's
  CacheEntry entry_;
  Answered asked_;
  std::vector<AnswerDigest> digests_;
  Question question_;
};

// What the finished compilation leaves behind; nothing if it cannot be cached.
struct CacheRecord {
  std::vector<CachedUnit> units;
  std::vector<uint32_t> handles;  // that the units' symbols name
  std::string root_symbol;
  TypeId result;
  std::vector<uint8_t> consulted;
  std::optional<CachedSignature> signature;
  std::vector<uint8_t> body;
};
void record_in_cache(const CompileRequest& request, const Answered& answered, CacheRecord record);

}  // namespace lancehead
