// Writes, reads and replays recordings.
#include "infer/recording.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/check.h"
#include "frontend/sexpr.h"
#include "frontend/snap_text.h"
#include "ir/constant_text.h"
#include "types/text.h"

namespace lancehead {
namespace {

constexpr std::string_view kQuestionKinds[] = {"snapshot", "attribute", "library"};

std::string constant_text(const Constant& c) {
  Function scratch;
  scratch.add_constant(c);
  std::string out;
  append_constant(out, scratch, 0, c.type);
  return out;
}

std::string answer_text(const Question& question, const Answer& answer) {
  if (question.kind == Question::Kind::Attribute) return write_value(answer.value) + "\n";
  return answer.snapshot ? write_snapshots({*answer.snapshot}) : "none\n";
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Expected<Recording> read() {
    while (ok() && !rest_.empty()) {
      std::string_view line = take_line();
      if (line.starts_with("recording "))
        head(line.substr(10));
      else if (line.starts_with("param "))
        param(line.substr(6));
      else if (line.starts_with("answer "))
        answer(line.substr(7));
      else if (!line.empty() && line[0] != ';')
        fail("what is this line?");
    }
    if (!ok()) return make_diagnostic(DiagId::Internal, {error_});
    return std::move(out_);
  }

 private:
  bool ok() const { return error_.empty(); }
  void fail(const std::string& why) {
    if (ok()) error_ = fmt::format("line {}: {}", line_, why);
  }

  std::string_view take_line() {
    ++line_;
    size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return line;
  }

  static std::string_view take_word(std::string_view& line) {
    size_t end = line.find(' ');
    std::string_view word = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    return word;
  }

  TypeId type(std::string_view text) {
    std::optional<TypeId> t = parse_type(text);
    if (!t) fail(fmt::format("no type: {}", text));
    return t.value_or(TypeId());
  }

  uint32_t number(std::string_view text) {
    uint32_t n = 0;
    for (char c : text) {
      if (c < '0' || c > '9') fail(fmt::format("no number: {}", text));
      n = n * 10 + static_cast<uint32_t>(c - '0');
    }
    return n;
  }

  void head(std::string_view line) {
    while (!line.empty()) {
      std::string_view word = take_word(line);
      bool known = read_semantics_word(word, out_.semantics);
      if (word.starts_with("function="))
        out_.function = number(word.substr(9));
      else if (word.starts_with("result="))
        out_.result = type(word.substr(7));
      else if (!known)
        fail(fmt::format("unknown option {}", word));
    }
  }

  void param(std::string_view line) {
    ParamSpec p;
    p.type = type(take_word(line));
    if (line.starts_with("weak")) {
      p.weak = true;
      take_word(line);
    }
    if (line.starts_with("constant=")) {
      line.remove_prefix(9);
      Function scratch;
      std::optional<Literal> literal = take_literal(line);
      if (literal) p.constant = make_constant(scratch, *literal, p.type);
      if (!p.constant) fail("no constant");
    } else if (!line.empty()) {
      fail("what follows the type?");
    }
    out_.params.push_back(std::move(p));
  }

  void answer(std::string_view line) {
    Question question;
    std::string_view kind = take_word(line);
    size_t k = 0;
    while (k < std::size(kQuestionKinds) && kQuestionKinds[k] != kind) ++k;
    if (k == std::size(kQuestionKinds)) return fail(fmt::format("unknown question {}", kind));
    question.kind = static_cast<Question::Kind>(k);
    question.handle = number(take_word(line));
    std::optional<std::string> name = take_quoted(line);
    if (!name) return fail("the question has no name");
    question.name = std::move(*name);
    out_.answers.emplace_back(std::move(question), Answer{});
    body(out_.answers.back().first.kind, out_.answers.back().second);
  }

  void body(Question::Kind kind, Answer& answer) {
    size_t first_line = line_;
    const char* begin = rest_.data();
    size_t size = 0;
    while (!rest_.empty() && !rest_.starts_with("answer ")) size += take_line().size() + 1;
    std::string_view text(begin, std::min(size, static_cast<size_t>(rest_.data() - begin)));
    if (kind == Question::Kind::Attribute) {
      Expected<PyValue> value = read_value(text);
      if (!value) return fail(fmt::format("after line {}: {}", first_line, value.error().message()));
      answer.value = std::move(*value);
    } else if (!text.starts_with("none")) {
      Expected<std::vector<Snapshot>> snapshots = read_snapshots(text);
      if (!snapshots) return fail(fmt::format("after line {}: {}", first_line, snapshots.error().message()));
      if (snapshots->size() != 1) return fail("an answer is one snapshot");
      answer.snapshot = std::make_shared<const Snapshot>(std::move((*snapshots)[0]));
    }
  }

  std::string_view rest_;
  size_t line_ = 0;
  std::string error_;
  Recording out_;
};

}  // namespace

Recording record(const Session& session) {
  return {session.semantics(), session.root_function(), session.root_params(), session.wanted_result(),
          session.answers()};
}

std::string write_recording(const Recording& r) {
  std::string out = fmt::format("recording function={}", r.function);
  out += semantics_words(r.semantics);
  if (r.result.valid()) out += " result=" + type_text(r.result);
  out += "\n";
  for (const ParamSpec& p : r.params) {
    out += "param " + type_text(p.type) + (p.weak ? " weak" : "");
    out += p.constant ? " constant=" + constant_text(*p.constant) + "\n" : "\n";
  }
  for (const auto& [question, answer] : r.answers) {
    out += fmt::format("answer {} {} {}\n", kQuestionKinds[static_cast<size_t>(question.kind)],
                       question.handle, quote_string(question.name));
    out += answer_text(question, answer);
  }
  return out;
}

Expected<Recording> read_recording(std::string_view text) {
  return Reader(text).read();
}

Session::State replay(Session& session, const Recording& recording) {
  for (;;) {
    Session::State state = session.run();
    if (state != Session::State::Questions) return state;
    for (const Question& question : std::vector<Question>(session.questions())) {
      const Answer* answer = nullptr;
      for (const auto& [asked, recorded] : recording.answers)
        if (asked == question) answer = &recorded;
      LH_CHECK(answer,
               fmt::format("no recorded answer: {} {} {}", kQuestionKinds[static_cast<size_t>(question.kind)],
                           question.handle, question.name));
      session.answer(question, *answer);
    }
  }
}

}  // namespace lancehead
