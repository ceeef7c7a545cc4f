// Replaying manifests, and writing them.
#include "driver/cache_lookup.h"

#include <algorithm>
#include <map>

#include "driver/cache_key.h"
#include "driver/cache_place.h"
#include "driver/cache_settings.h"
#include "driver/cache_writer.h"
#include "types/text.h"

namespace lancehead {
namespace {

const Answer* find_answer(const Answered& answered, const Question& question) {
  for (const auto& [asked, answer] : answered)
    if (asked == question) return &answer;
  return nullptr;
}

Question root_question(const CompileRequest& request) {
  return {Question::Kind::Snapshot, request.function, ""};
}

std::string title_of(const CompileRequest& request, const Snapshot& root) {
  return root.module + "." + root.qualname + "(" + spell_list(request.args) + ")";
}

}  // namespace

bool CacheLookup::start(const Answered& answered) {
  question_ = root_question(request_);
  const Answer* root = find_answer(answered, question_);
  if (!root) return false;
  started_ = true;
  if (!root->snapshot || !request_.options.allow_cache) return true;
  CachePlace place = cache_place(root->snapshot->code->file_name, request_.options.cache);
  if (place.read.empty()) return true;
  FoundEntries found = read_entries(place, cache_key(request_, *root->snapshot));
  candidates_ = std::move(found.entries);
  refused_ = std::move(found.refused);
  return true;
}

bool CacheLookup::next_candidate() {
  for (; candidate_ < candidates_.size(); ++candidate_) {
    std::optional<CacheEntry> entry = entry_from_bytes(candidates_[candidate_].bytes, build_identity());
    if (!entry) {
      refused_ += (refused_.empty() ? "" : "; ") + candidates_[candidate_].path + " is damaged";
      continue;
    }
    entry_ = std::move(*entry);
    asked_.clear();
    digests_.clear();
    open_ = true;
    ++candidate_;
    return true;
  }
  return false;
}

Question CacheLookup::live_question(const RecordedQuestion& recorded) const {
  Question q{recorded.kind, 0, recorded.name};
  if (asked_.empty()) return root_question(request_);
  if (recorded.kind == Question::Kind::Library) return q;
  const std::vector<uint32_t>& handles = digests_[recorded.object.answer].handles;
  q.handle = recorded.object.ordinal < handles.size() ? handles[recorded.object.ordinal] : 0;
  return q;
}

CacheLookup::State CacheLookup::step(const Answered& answered) {
  if (!started_ && !start(answered)) return State::Question;
  for (;;) {
    if (!open_ && !next_candidate()) return State::Miss;
    while (asked_.size() < entry_.questions.size()) {
      const RecordedQuestion& recorded = entry_.questions[asked_.size()];
      question_ = live_question(recorded);
      const Answer* answer = find_answer(answered, question_);
      if (!answer) return State::Question;
      AnswerDigest d = digest(*answer);
      if (d.hash != recorded.answer) break;
      asked_.emplace_back(question_, *answer);
      digests_.push_back(std::move(d));
    }
    if (asked_.size() == entry_.questions.size()) {
      mark_used(candidates_[candidate_ - 1]);
      return State::Hit;
    }
    open_ = false;
  }
}

uint32_t CacheLookup::live_handle(uint32_t recorded) const {
  for (const CachedHandle& h : entry_.handles) {
    if (h.handle != recorded) continue;
    const std::vector<uint32_t>& handles = digests_[h.origin.answer].handles;
    return h.origin.ordinal < handles.size() ? handles[h.origin.ordinal] : 0;
  }
  return 0;
}

void record_in_cache(const CompileRequest& request, const Answered& answered, CacheRecord record) {
  const Answer* root = find_answer(answered, root_question(request));
  if (!root || !root->snapshot || !request.options.allow_cache) return;
  CachePlace place = cache_place(root->snapshot->code->file_name, request.options.cache);
  if (place.write.empty()) return;
  CacheEntry entry;
  entry.title = title_of(request, *root->snapshot);
  Hasher identity;
  std::map<uint32_t, HandleOrigin> origins;
  for (const auto& [question, answer] : answered) {
    AnswerDigest d = digest(answer);
    RecordedQuestion recorded{question.kind, {}, question.name, d.hash};
    bool by_handle = question.kind != Question::Kind::Library && !entry.questions.empty();
    if (by_handle) {
      auto origin = origins.find(question.handle);
      if (origin == origins.end()) return;
      recorded.object = origin->second;
    }
    for (uint32_t k = 0; k < d.handles.size(); ++k)
      origins.try_emplace(d.handles[k], HandleOrigin{static_cast<uint32_t>(entry.questions.size()), k});
    identity.add(d.hash);
    entry.questions.push_back(std::move(recorded));
  }
  for (uint32_t handle : record.handles) {
    auto origin = origins.find(handle);
    if (origin == origins.end()) return;
    entry.handles.push_back({handle, origin->second});
  }
  entry.units = std::move(record.units);
  entry.root_symbol = std::move(record.root_symbol);
  entry.result = type_text(record.result);
  entry.consulted = std::move(record.consulted);
  entry.signature = std::move(record.signature);
  entry.body = std::move(record.body);
  Hash128 same = identity.finish();
  queue_cache_write({place.write, place.source, cache_key(request, *root->snapshot), same,
                     entry_to_bytes(entry, build_identity(), same), cache_limit()});
}

}  // namespace lancehead
