// Snapshots as text: what is written is read back, and malformed text is an error that names its line.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "frontend/fingerprint.h"
#include "frontend/snap_text.h"
#include "frontend_fixture.h"

namespace lancehead {
namespace {

TEST(SnapText, FixturesAreAFixedPoint) {
  for (const std::string& name : testing::fixture_names()) {
    for (int python : testing::kPythons) {
      std::vector<Snapshot> snapshots = testing::read_fixture(name, python);
      ASSERT_FALSE(snapshots.empty());
      std::string text = write_snapshots(snapshots);
      auto again = read_snapshots(text);
      ASSERT_TRUE(again) << again.error().message();
      EXPECT_EQ(write_snapshots(*again), text);
    }
  }
}

class SnapValue : public ::testing::TestWithParam<PyValue> {};

TEST_P(SnapValue, IsReadBack) {
  auto again = read_value(write_value(GetParam()));
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(*again, GetParam());
}

PyValue array_value(ArrayData array) {
  PyObjectData data;
  data.object_class = PyObjectClass::Array;
  data.type = array_type(ty::Int16, 2, Layout::A, true, false);
  data.array = std::make_shared<const ArrayData>(std::move(array));
  return PyValue::of_object(data);
}

PyValue frozen_array() {
  return array_value({{2, 2}, {-3, 2}, std::string("\0\xff\x7f\"\0\1\2", 7), 3});
}
PyValue live_array() {
  return array_value({{1 << 20, 2}, {4, 2}, {}, 0, 4});
}
PyValue array_without_type() {
  PyObjectData data;
  data.object_class = PyObjectClass::Array;
  data.name = "object";
  return PyValue::of_object(data);
}

PyValue scalar_value() {
  PyObjectData data;
  data.object_class = PyObjectClass::NumpyScalar;
  data.name = "float32";
  data.type_name = "float32";
  data.type = ty::Float32;
  data.value = PyValue::floating(0.5);
  return PyValue::of_object(data);
}

INSTANTIATE_TEST_SUITE_P(
    Values, SnapValue,
    ::testing::Values(
        PyValue::none(), PyValue::boolean(true), PyValue::boolean(false),
        PyValue::integer(std::numeric_limits<int64_t>::min()),
        PyValue::unsigned_integer(std::numeric_limits<uint64_t>::max()), PyValue::unsigned_integer(5),
        PyValue::big_integer("-18446744073709551616"), PyValue::floating(-0.0), PyValue::floating(0.1),
        PyValue::floating(INFINITY), PyValue::floating(NAN), PyValue::complex(-0.0, 5e-324),
        PyValue::str("a \"quoted\"\n\\ é \x01"), PyValue::bytes(std::string("\0\xff", 2)),
        PyValue::ellipsis(),
        PyValue::sequence(PyKind::Tuple, {PyValue::integer(1), PyValue::sequence(PyKind::Tuple, {})}),
        PyValue::sequence(PyKind::Slice, {PyValue::none(), PyValue::integer(2), PyValue::none()}),
        PyValue::sequence(PyKind::FrozenSet, {PyValue::str("x")}), frozen_array(), live_array(),
        array_without_type(), scalar_value()));

TEST(SnapText, ErrorsNameTheLine) {
  for (const char* text :
       {"(snapshots\n(snapshot", "(snapshots\n(oops))", "(snapshots\n(snapshot (code (line x))))",
        "(snapshots\n\"\\q\")", "(snapshots\n) )", "(snapshots\n(snapshot (module \"m\")))"}) {
    auto snapshots = read_snapshots(text);
    ASSERT_FALSE(snapshots) << text;
    EXPECT_NE(snapshots.error().message().find("line 2"), std::string::npos) << snapshots.error().message();
  }
  EXPECT_FALSE(read_snapshots(std::string(100000, '(')));
}

// The code of the first function, changed by `change`, has another fingerprint or the same one.
template <class F>
bool changes_fingerprint(F change) {
  Snapshot snapshot = testing::read_fixture("closures", 312).front();
  auto code = std::make_shared<CodeData>(*snapshot.code);
  Hash128 before = fingerprint(snapshot);
  change(snapshot, *code);
  snapshot.code = code;
  return fingerprint(snapshot) != before;
}

TEST(Fingerprint, ContentCounts) {
  EXPECT_TRUE(changes_fingerprint([](Snapshot&, CodeData& code) { code.code[4] ^= 1; }));
  EXPECT_TRUE(changes_fingerprint([](Snapshot&, CodeData& code) { code.line_table.back() ^= 1; }));
  EXPECT_TRUE(
      changes_fingerprint([](Snapshot&, CodeData& code) { code.consts.push_back(PyValue::floating(-0.0)); }));
  EXPECT_TRUE(changes_fingerprint([](Snapshot&, CodeData& code) { std::swap(code.names, code.var_names); }));
  EXPECT_TRUE(
      changes_fingerprint([](Snapshot& s, CodeData&) { s.globals.emplace_back("k", PyValue::integer(1)); }));
  EXPECT_TRUE(changes_fingerprint([](Snapshot& s, CodeData&) { s.defaults.push_back(PyValue::none()); }));
  EXPECT_NE(fingerprint(PyValue::floating(0.0)), fingerprint(PyValue::floating(-0.0)));
  EXPECT_NE(fingerprint(PyValue::integer(1)), fingerprint(PyValue::boolean(true)));
}

TEST(Fingerprint, PlaceDoesNot) {
  EXPECT_FALSE(changes_fingerprint([](Snapshot& s, CodeData& code) {
    s.handle = 77;
    code.file_name = "elsewhere.py";
    code.first_line += 100;
    for (PyValue& value : code.consts) {
      if (!value.is(PyKind::Code)) continue;
      auto inner = std::make_shared<CodeData>(*value.code);
      inner->first_line += 100;
      value.code = inner;
    }
  }));
}

TEST(PyValue, FloatsCompareByTheirBits) {
  EXPECT_EQ(PyValue::floating(NAN), PyValue::floating(NAN));
  EXPECT_NE(PyValue::floating(0.0), PyValue::floating(-0.0));
  EXPECT_NE(PyValue::integer(1), PyValue::boolean(true));
}

}  // namespace
}  // namespace lancehead
