// Scalar conversions (convert_scalar.h), by way of the widest representation of the source's class.
#include "pyext/convert_scalar.h"

#include <Python.h>

#include <cstdint>

#include "base/half.h"

namespace lancehead {
namespace {

// The value in all representations that a conversion may start from.
struct Wide {
  int64_t bits = 0;  // of integers; modulo 2**64
  bool is_negative = false;
  double real = 0, imag = 0;
};

// Truncation toward zero; what does not fit gives INT64_MIN, as the machine's instruction does.
int64_t truncated(double value) {
  return value >= -9223372036854775808.0 && value < 9223372036854775808.0 ? static_cast<int64_t>(value)
                                                                          : INT64_MIN;
}

Wide widen(const Slot* value, TypeId from) {
  Wide w;
  switch (class_of(from)) {
    case KindClass::Float:
      w.real = from == ty::Float16   ? half_to_double(static_cast<uint16_t>(value->u))
               : from == ty::Float32 ? static_cast<double>(value->f)
                                     : value->d;
      w.bits = truncated(w.real);
      break;
    case KindClass::Complex:
      w.real = from == ty::Complex64 ? static_cast<double>(value[0].f) : value[0].d;
      w.imag = from == ty::Complex64 ? static_cast<double>(value[1].f) : value[1].d;
      w.bits = truncated(w.real);
      break;
    default:
      w.bits = value->i;
      w.is_negative = class_of(from) == KindClass::Int && value->i < 0;
      w.real =
          class_of(from) == KindClass::Uint ? static_cast<double>(value->u) : static_cast<double>(value->i);
      break;
  }
  return w;
}

int64_t narrowed(int64_t bits, TypeId to) {
  int shift = 64 - bits_of(to);
  return is_signed(to) ? static_cast<int64_t>(static_cast<uint64_t>(bits) << shift) >> shift
                       : static_cast<int64_t>(static_cast<uint64_t>(bits) << shift >> shift);
}

bool fits(const Wide& w, TypeId from, TypeId to) {
  bool wide_unsigned = class_of(from) == KindClass::Uint && w.bits < 0;  // 2**63 and more
  if (is_signed(to) ? wide_unsigned : w.is_negative) return false;
  return narrowed(w.bits, to) == w.bits;
}

bool overflow(const Wide& w, TypeId to) {
  PyErr_Format(PyExc_OverflowError, "Python integer %lld out of bounds for %s",
               static_cast<long long>(w.bits), spell(to).c_str());
  return false;
}

}  // namespace

bool convert_scalar(Slot* value, TypeId from, TypeId to, bool exact) {
  Wide w = widen(value, from);
  switch (class_of(to)) {
    case KindClass::Bool:
      value->i = is_float(from) || is_complex(from) ? w.real != 0 || w.imag != 0 : w.bits != 0;
      return true;
    case KindClass::Float:
      if (to == ty::Float16)
        value->u = double_to_half(w.real);
      else if (to == ty::Float32)
        value->f = static_cast<float>(w.real);
      else
        value->d = w.real;
      return true;
    case KindClass::Complex:
      if (to == ty::Complex64) {
        value[0].f = static_cast<float>(w.real);
        value[1].f = static_cast<float>(w.imag);
      } else {
        value[0].d = w.real;
        value[1].d = w.imag;
      }
      return true;
    default:
      if (exact && !fits(w, from, to)) return overflow(w, to);
      value->i = narrowed(w.bits, to);
      return true;
  }
}

}  // namespace lancehead
