// Complex functions with NumPy's results: of (re, im), into out = {re, im}; named as rows of ir/math.def with
// complex = 1.
#pragma once

namespace lancehead {
extern "C" {

#define LH_COMPLEX1(name)                               \
  void lh_c##name(double re, double im, double out[2]); \
  void lh_c##name##f(float re, float im, float out[2]);
LH_COMPLEX1(sqrt)
LH_COMPLEX1(sin)
LH_COMPLEX1(cos)
LH_COMPLEX1(tan)
LH_COMPLEX1(asin)
LH_COMPLEX1(acos)
LH_COMPLEX1(atan)
LH_COMPLEX1(sinh)
LH_COMPLEX1(cosh)
LH_COMPLEX1(tanh)
LH_COMPLEX1(asinh)
LH_COMPLEX1(acosh)
LH_COMPLEX1(atanh)
LH_COMPLEX1(exp)
LH_COMPLEX1(exp2)
LH_COMPLEX1(expm1)
LH_COMPLEX1(log)
LH_COMPLEX1(log2)
LH_COMPLEX1(log10)
LH_COMPLEX1(log1p)
#undef LH_COMPLEX1
void lh_cpow(double are, double aim, double bre, double bim, double out[2]);
void lh_cpowf(float are, float aim, float bre, float bim, float out[2]);
}
}  // namespace lancehead
