// Numbers against values from CPython and NumPy.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>
#include <vector>

#include "runtime/complex.h"
#include "runtime/error.h"
#include "runtime/integers.h"
#include "runtime/math.h"
#include "runtime/memory.h"

namespace lancehead {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
const double kNan = std::nan("");

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

TEST(Integers, PowWraps) {
  EXPECT_EQ(lh_int_pow(3, 0), 1);
  EXPECT_EQ(lh_int_pow(-3, 5), -243);
  EXPECT_EQ(lh_int_pow(2, 63), INT64_MIN);
  EXPECT_EQ(lh_int_pow(2, 64), 0);
  EXPECT_EQ(lh_int_pow(7, 40), -6212923193149656639);
  EXPECT_EQ(lh_uint_pow(10, 19), 10000000000000000000u);
}

TEST(Integers, GcdAndLcm) {
  EXPECT_EQ(lh_gcd(0, 0), 0);
  EXPECT_EQ(lh_gcd(-12, 18), 6);
  EXPECT_EQ(lh_gcd(INT64_MIN, 6), 2);
  EXPECT_EQ(lh_gcd(INT64_MIN, 0), INT64_MIN);
  EXPECT_EQ(lh_lcm(-4, 6), 12);
  EXPECT_EQ(lh_lcm(0, 6), 0);
}

TEST(Integers, Isqrt) {
  for (int64_t root : {int64_t{1}, int64_t{94906267}, int64_t{2147483648}, int64_t{3037000499}}) {
    EXPECT_EQ(lh_isqrt(root * root), root);
    EXPECT_EQ(lh_isqrt(root * root - 1), root - 1);
  }
  EXPECT_EQ(lh_isqrt(INT64_MAX), 3037000499);
  EXPECT_EQ(lh_isqrt(0), 0);
}

using Counting = Status (*)(Context*, int64_t, int64_t, int64_t*);

void expect_error(Counting f, int64_t n, int64_t k, const char* message) {
  Context ctx;
  int64_t out;
  ASSERT_EQ(f(&ctx, n, k, &out), kRaised);
  EXPECT_EQ(error_row_message(error_object(ctx.error)), message);
  lh_release(ctx.error);
}

TEST(Integers, Counting) {
  Context ctx;
  int64_t out;
  struct Case {
    Counting f;
    int64_t n, k, result;
  };
  for (const Case& c : {Case{lh_comb, 5, 2, 10},
                        {lh_comb, 5, 6, 0},
                        {lh_comb, 0, 0, 1},
                        {lh_comb, 66, 33, 7219428434016265740},
                        {lh_comb, INT64_MAX, 1, INT64_MAX},
                        {lh_perm, 5, 2, 20},
                        {lh_perm, 20, 20, 2432902008176640000},
                        {lh_perm, 3, 4, 0}}) {
    ASSERT_EQ(c.f(&ctx, c.n, c.k, &out), kOk);
    EXPECT_EQ(out, c.result);
  }
  expect_error(lh_comb, 67, 33, "integer result is too large for 64 bits");
  expect_error(lh_perm, 21, 21, "integer result is too large for 64 bits");
  expect_error(lh_comb, -1, 2, "n must be a non-negative integer");
  expect_error(lh_perm, 2, -1, "k must be a non-negative integer");
  ASSERT_EQ(lh_factorial(&ctx, 20, &out), kOk);
  EXPECT_EQ(out, 2432902008176640000);
  ASSERT_EQ(lh_factorial(&ctx, -1, &out), kRaised);
  EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::FactorialNegative);
  lh_release(ctx.error);
}

TEST(Integers, PowModulo) {
  struct Case {
    int64_t base, exponent, modulus, result;
  };
  for (const Case& c : {Case{3, -1, 7, 5}, Case{-5, 3, -7, -6}, Case{10, -3, -7, -1}, Case{5, 0, 1, 0},
                        Case{5, 0, -1, 0}, Case{INT64_MIN, 1, INT64_MIN, 0}, Case{2, 64, INT64_MAX, 2}}) {
    Context ctx;
    int64_t out = -1;
    ASSERT_EQ(lh_pow_mod(&ctx, c.base, c.exponent, c.modulus, &out), kOk);
    EXPECT_EQ(out, c.result) << c.base << "**" << c.exponent << " % " << c.modulus;
  }
  expect_error([](Context* ctx, int64_t n, int64_t k, int64_t* out) { return lh_pow_mod(ctx, n, 2, k, out); },
               3, 0, "pow() 3rd argument cannot be 0");
  expect_error(
      [](Context* ctx, int64_t n, int64_t k, int64_t* out) { return lh_pow_mod(ctx, n, -1, k, out); }, 4, 6,
      "base is not invertible for the given modulus");
}

TEST(Floats, RoundDigits) {
  struct Case {
    double x;
    int64_t digits;
    double result;
  };
  for (const Case& c : {Case{2.675, 2, 2.67},
                        {0.125, 2, 0.12},
                        {0.375, 2, 0.38},
                        {2.5, 0, 2.0},
                        {-0.4, 0, -0.0},
                        {15.0, -1, 20.0},
                        {25.0, -1, 20.0},
                        {5.5, -1, 10.0},
                        {5.0, -1, 0.0},
                        {-5.0, -1, -0.0},
                        {1234.5678, -2, 1200.0},
                        {1e22, 5, 1e22},
                        {1.7e308, -308, kInf},
                        {1e308, -308, 1e308},
                        {4e307, -308, 0.0},
                        {5e-324, 323, 0.0},
                        {5e-324, 324, 5e-324},
                        {3.14, -400, 0.0},
                        {1e16, -16, 1e16},
                        {kInf, 2, kInf},
                        {kNan, 2, kNan},
                        {0.1 + 0.2, 17, 0.30000000000000004},
                        {5.015, 2, 5.01},
                        {1.005, 2, 1.0},
                        {9.995, 2, 9.99},
                        {999999999999999.95, 1, 1e15},
                        {123456789012345678.0, -5, 123456789012300000.0}})
    EXPECT_PRED2(same, lh_round_digits(c.x, c.digits), c.result) << c.x << " " << c.digits;
}

TEST(Floats, Fsum) {
  Context ctx;
  double out;
  std::vector<double> tenths(10, 0.1);
  ASSERT_EQ(lh_fsum(&ctx, tenths.data(), 10, 8, &out), kOk);
  EXPECT_EQ(out, 1.0);
  double rest[] = {1e100, 1.0, -1e100, 1e-100, 1e50, -1.0, -1e50};
  ASSERT_EQ(lh_fsum(&ctx, rest, 7, 8, &out), kOk);
  EXPECT_EQ(out, 1e-100);
  double half_way[] = {1.0, 0x1p-53, 0x1p-106};  // the sum of all three is above the tie
  ASSERT_EQ(lh_fsum(&ctx, half_way, 3, 8, &out), kOk);
  EXPECT_EQ(out, 1.0 + 0x1p-52);
  ASSERT_EQ(lh_fsum(&ctx, half_way, 2, 16, &out), kOk);  // every other one
  EXPECT_EQ(out, 1.0);
  double infinite[] = {kInf, 1.0, kInf};
  ASSERT_EQ(lh_fsum(&ctx, infinite, 3, 8, &out), kOk);
  EXPECT_EQ(out, kInf);
  double opposite[] = {kInf, -kInf};
  ASSERT_EQ(lh_fsum(&ctx, opposite, 2, 8, &out), kRaised);
  EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::FsumInfinities);
  lh_release(lh_error_take(&ctx));
  double large[] = {1e308, 1e308};
  ASSERT_EQ(lh_fsum(&ctx, large, 2, 8, &out), kRaised);
  EXPECT_EQ(error_object(ctx.error).row, ErrorRowId::FsumOverflow);
  lh_release(lh_error_take(&ctx));
}

TEST(Floats, PartsAndNeighbours) {
  EXPECT_PRED2(same, lh_frexp_mantissa(-10.0), -0.625);
  EXPECT_EQ(lh_frexp_exponent(-10.0), 4);
  EXPECT_EQ(lh_frexp_exponent(kInf), 0);
  EXPECT_PRED2(same, lh_ldexp(1.0, INT64_MAX), kInf);
  EXPECT_PRED2(same, lh_ldexp(-1.0, INT64_MIN), -0.0);
  EXPECT_PRED2(same, lh_ulp(0.0), 5e-324);
  EXPECT_PRED2(same, lh_ulp(-1.0), 0x1p-52);
  EXPECT_PRED2(same, lh_ulp(1.7976931348623157e308), 0x1p971);
  EXPECT_PRED2(same, lh_ulp(-kInf), kInf);
  EXPECT_PRED2(same, lh_spacing(-1.0), -0x1p-52);
  EXPECT_PRED2(same, lh_spacing(-0.0), 5e-324);
  EXPECT_PRED2(same, lh_spacing(kInf), kNan);
  EXPECT_PRED2(same, lh_spacingf(1.0f), 0x1p-23);
}

TEST(Floats, StepsToNeighbours) {
  EXPECT_TRUE(same(lh_nextafter_steps(1.0, 2.0, 1000), 1.000000000000222));
  EXPECT_TRUE(same(lh_nextafter_steps(-5e-324, 1.0, 1), -0.0));
  EXPECT_TRUE(same(lh_nextafter_steps(5e-324, -1.0, 3), -1e-323));
  EXPECT_TRUE(same(lh_nextafter_steps(1.0, -kInf, INT64_MAX), -3.9999999999999996));
  EXPECT_TRUE(same(lh_nextafter_steps(-0.0, 0.0, 5), 0.0));
  EXPECT_TRUE(same(lh_nextafter_steps(1.0, kNan, 0), 1.0));
  EXPECT_TRUE(same(lh_nextafter_steps(1.0, kNan, 1), kNan));
}

TEST(Floats, NormsAndSumsOfProducts) {
  double tiny[] = {1e-310, 2e-310, 3e-310}, huge[] = {1e308, 1e308, 1e307}, odd[] = {-kInf, kNan, 1.0};
  EXPECT_TRUE(same(lh_vector_norm(tiny, 3, 8), 3.74165738677395e-310));
  EXPECT_TRUE(same(lh_vector_norm(huge, 3, 8), 1.4177446878757825e308));
  EXPECT_TRUE(same(lh_vector_norm(odd, 3, 8), kInf));
  EXPECT_TRUE(same(lh_vector_norm(odd + 1, 2, 8), kNan));
  EXPECT_TRUE(same(lh_vector_norm(odd, 0, 8), 0.0));
  double p[] = {1.5, 2.5, -3.25}, q[] = {4.1, 9.0, -2.0, 9.0, 0.3};
  EXPECT_TRUE(same(lh_distance(p, 8, q, 16, 3), 6.293846200853656));
  double a[] = {1e100, 1.0, -1e100}, b[] = {1e50, 1e-3, 1e50};
  EXPECT_TRUE(same(lh_sum_products(a, 8, b, 8, 3), 0.001));
  EXPECT_TRUE(same(lh_sum_products(odd, 8, a, 8, 2), kNan));
}

TEST(Floats, LogAddExpAndLGamma) {
  EXPECT_PRED2(same, lh_logaddexp(-kInf, -kInf), -kInf);
  EXPECT_PRED2(same, lh_logaddexp(kInf, -kInf), kInf);
  EXPECT_PRED2(same, lh_logaddexp(1000.0, 1000.0), 1000.0 + std::log(2.0));
  EXPECT_PRED2(same, lh_logaddexp(1.0, kNan), kNan);
  EXPECT_PRED2(same, lh_logaddexp2(3.0, 3.0), 4.0);
  EXPECT_PRED2(same, lh_logaddexp2f(-1.0f, -kInf), -1.0);
  EXPECT_PRED2(same, lh_lgamma(0.0), kInf);
  EXPECT_PRED2(same, lh_lgamma(-3.0), kInf);
  EXPECT_PRED2(same, lh_lgamma(3.0), std::log(2.0));
  EXPECT_PRED2(same, lh_float_pow_int(2.0, -2), 0.25);
}

TEST(Complex, PowersAreProducts) {
  double out[2];
  lh_cpow(1, 2, 2, 0, out);
  EXPECT_PRED2(same, out[0], -3.0);
  EXPECT_PRED2(same, out[1], 4.0);
  lh_cpow(1, 2, -1, 0, out);
  EXPECT_PRED2(same, out[0], 0.2);
  EXPECT_PRED2(same, out[1], -0.4);
  lh_cpow(0, 0, 0, 0, out);
  EXPECT_PRED2(same, out[0], 1.0);
  lh_cpow(0, 0, -1, 0, out);
  EXPECT_PRED2(same, out[0], kNan);
  lh_cpow(0, 0, 2, 5, out);
  EXPECT_PRED2(same, out[0], 0.0);
}

TEST(Complex, Functions) {
  double out[2];
  auto distance = [&](std::complex<double> expected) {
    return std::abs(std::complex<double>(out[0], out[1]) - expected);
  };
  std::complex<double> z(0.7, -1.3);
  lh_csin(0.7, -1.3, out);
  EXPECT_LT(distance(std::sin(z)), 1e-15);
  lh_clog10(0.7, -1.3, out);
  EXPECT_LT(distance(std::log10(z)), 1e-15);
  lh_cexp2(0.7, -1.3, out);
  EXPECT_LT(distance(std::exp(z * std::log(2.0))), 1e-15);
  lh_clog1p(0.7, -1.3, out);
  EXPECT_LT(distance(std::log(1.0 + z)), 1e-15);
  lh_cexpm1(1e-12, 1e-12, out);
  EXPECT_NEAR(out[0], 1e-12, 1e-23);
  lh_csqrt(-4, -0.0, out);  // the sign of zero chooses the side of the cut
  EXPECT_PRED2(same, out[0], 0.0);
  EXPECT_PRED2(same, out[1], -2.0);
  float narrow[2];
  lh_catanhf(0.5f, 0.0f, narrow);
  EXPECT_FLOAT_EQ(narrow[0], 0.54930615f);
}

}  // namespace
}  // namespace lancehead
