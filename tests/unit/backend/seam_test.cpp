// The C functions of the seam, by the bytes of a unit.
#include <gtest/gtest.h>

#include <cstring>

#include "backend/api.h"
#include "ir/bytes.h"
#include "ir/parse.h"

namespace lancehead::testing {
namespace {

std::vector<uint8_t> sample() {
  Expected<Unit> unit = parse_unit(R"(
function @twice(%a: int64) -> int64 stage final symbol h1 {
^entry:
  %r: int64 = add %a, %a
  return %r
})");
  EXPECT_TRUE(unit);
  return to_bytes(*unit);
}

struct Output {
  LanceheadCompileOutput it{};
  ~Output() { lancehead_llvm_free(&it); }
  std::string text() const { return {reinterpret_cast<const char*>(it.data), it.size}; }
};

LanceheadCompileInput input_of(const std::vector<uint8_t>& bytes, LanceheadWant want) {
  LanceheadCompileInput input{};
  input.version = LANCEHEAD_API_VERSION;
  input.want = want;
  input.unit = bytes.data();
  input.unit_size = bytes.size();
  return input;
}

TEST(Seam, GivesWhatIsWanted) {
  std::vector<uint8_t> bytes = sample();
  struct Case {
    LanceheadWant want;
    const char* part;
  };
  for (const Case& c : {Case{LANCEHEAD_WANT_OBJECT, "\x7f\x45LF"}, Case{LANCEHEAD_WANT_LLVM_RAW, "define"},
                        Case{LANCEHEAD_WANT_LLVM, "define"}, Case{LANCEHEAD_WANT_ASSEMBLY, "\nh1:"}}) {
    LanceheadCompileInput input = input_of(bytes, c.want);
    Output output;
    EXPECT_EQ(lancehead_llvm_compile(&input, &output.it), 0);
    EXPECT_EQ(output.it.error, nullptr);
    EXPECT_NE(output.text().find(c.part), std::string::npos) << output.text();
  }
}

TEST(Seam, BuildsForOtherCpus) {
  std::vector<uint8_t> bytes = sample();
  LanceheadCompileInput input = input_of(bytes, LANCEHEAD_WANT_OBJECT);
  input.cpu = "x86-64";
  input.features = "+avx2";
  Output output;
  EXPECT_EQ(lancehead_llvm_compile(&input, &output.it), 0);
  EXPECT_NE(std::string(lancehead_llvm_host()).find(';'), std::string::npos);
}

TEST(Seam, RefusesBrokenBytesAndOtherVersions) {
  std::vector<uint8_t> bytes = sample();
  for (size_t keep = 0; keep < bytes.size(); keep += 7) {
    std::vector<uint8_t> part(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(keep));
    LanceheadCompileInput input = input_of(part, LANCEHEAD_WANT_OBJECT);
    Output output;
    EXPECT_EQ(lancehead_llvm_compile(&input, &output.it), 1);
    EXPECT_NE(output.it.error, nullptr);
    EXPECT_EQ(output.it.data, nullptr);
  }
  LanceheadCompileInput input = input_of(bytes, LANCEHEAD_WANT_OBJECT);
  input.version = 0;
  Output output;
  EXPECT_EQ(lancehead_llvm_compile(&input, &output.it), 1);
  EXPECT_NE(std::strstr(output.it.error, "different builds"), nullptr);
}

TEST(Seam, IllegalOperationsAreMessages) {
  Expected<Unit> unit = parse_unit(R"(
function @f(%a: int64) -> int64 stage final symbol h1 {
^entry:
  %r: int64 = div %a, %a
  return %r
})");
  ASSERT_TRUE(unit);
  std::vector<uint8_t> bytes = to_bytes(*unit);
  LanceheadCompileInput input = input_of(bytes, LANCEHEAD_WANT_OBJECT);
  Output output;
  EXPECT_EQ(lancehead_llvm_compile(&input, &output.it), 1);
  EXPECT_NE(std::strstr(output.it.error, "div is for floats"), nullptr) << output.it.error;
}

}  // namespace
}  // namespace lancehead::testing
