// CPython's round(x, digits): the decimal number with that many digits nearest to the exact value of x, ties
// to even, then the double nearest to it.
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "runtime/math.h"
#include "runtime/signature.h"

namespace lancehead {
namespace {

// Beyond these, rounding changes nothing, or gives zero (CPython's bounds).
constexpr int64_t kMostDigits = 323;
constexpr int64_t kLeastDigits = -308;
// The largest k for which 10**k is a double.
constexpr int64_t kExactPowers = 22;
constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                              1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// Scales, rounds, scales back. Right unless the scaled value, which carries a rounding error, is too near to
// a tie to tell its side: then false. The last step has exact operands, so that it rounds as the conversion
// of the decimal number would.
bool round_by_scaling(double x, int64_t digits, double* out) {
  if (digits > kExactPowers || digits < -kExactPowers) return false;
  double power = kPowers[std::abs(digits)];
  double scaled = digits >= 0 ? x * power : x / power;
  double size = std::fabs(scaled);
  if (!(size < 0x1p51)) return false;
  double whole = std::rint(scaled);
  double to_tie = std::fabs(std::fabs(scaled - whole) - 0.5);
  if (!(to_tie > size * 0x1p-52)) return false;
  *out = digits >= 0 ? whole / power : whole * power;
  return true;
}

double number_of(const char* first, const char* last) {
  double value = 0;
  if (std::from_chars(first, last, value).ec == std::errc::result_out_of_range)
    return std::numeric_limits<double>::infinity();  // cannot be too small: see kMostDigits
  return value;
}

// 0 <= x, digits >= 0: to_chars prints the exact value rounded half to even.
double round_fraction(double x, int digits) {
  char text[800];
  auto end = std::to_chars(text, text + sizeof text, x, std::chars_format::fixed, digits).ptr;
  return number_of(text, end);
}

// 0 <= x, drops the last `count` >= 1 digits before the point.
double round_integer_digits(double x, int count) {
  double whole;
  bool more = std::modf(x, &whole) != 0;  // something non-zero beyond the digits printed
  char text[400];
  auto end = std::to_chars(text, text + sizeof text, whole, std::chars_format::fixed, 0).ptr;
  std::string kept = "0" + std::string(text, end);  // room for a carry
  if (static_cast<size_t>(count) >= kept.size()) return 0.0;
  size_t cut = kept.size() - static_cast<size_t>(count);
  char first_dropped = kept[cut];
  more = more || kept.find_first_not_of('0', cut + 1) != std::string::npos;
  bool odd = ((kept[cut - 1] - '0') & 1) != 0;
  bool up = first_dropped > '5' || (first_dropped == '5' && (more || odd));
  for (size_t i = cut; i < kept.size(); ++i) kept[i] = '0';
  for (size_t i = cut; up && i-- > 0;) {
    up = kept[i] == '9';
    kept[i] = up ? '0' : static_cast<char>(kept[i] + 1);
  }
  return number_of(kept.data(), kept.data() + kept.size());
}

}  // namespace

extern "C" double lh_round_digits(double x, int64_t digits) {
  if (!std::isfinite(x) || digits > kMostDigits) return x;
  if (digits < kLeastDigits) return 0.0 * x;
  double result;
  if (round_by_scaling(x, digits, &result)) return result;
  double size = std::fabs(x);
  result = digits >= 0 ? round_fraction(size, static_cast<int>(digits))
                       : round_integer_digits(size, static_cast<int>(-digits));
  return std::copysign(result, x);
}

LH_MATCHES_ROW(lh_round_digits);

}  // namespace lancehead
