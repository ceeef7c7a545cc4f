/* The seam to LLVM (contract C2): bytes of a unit's final IR in, bytes of an object, or a text, out. Plain C,
   so that the library that implements it (liblancehead_llvm.so) can be opened when it is first needed and
   shares no C++ with its user. Both functions may be called from any thread. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LANCEHEAD_EXPORT __attribute__((visibility("default")))

enum { LANCEHEAD_API_VERSION = 1 };

typedef enum LanceheadWant {
  LANCEHEAD_WANT_OBJECT = 0,   /* a relocatable object */
  LANCEHEAD_WANT_LLVM_RAW = 1, /* LLVM's text as it is lowered */
  LANCEHEAD_WANT_LLVM = 2,     /* LLVM's text after the passes */
  LANCEHEAD_WANT_ASSEMBLY = 3
} LanceheadWant;

typedef enum LanceheadTier {
  LANCEHEAD_TIER_AUTO = 0, /* lean if the unit has a loop that vectorises, else quick */
  LANCEHEAD_TIER_QUICK = 1,
  LANCEHEAD_TIER_LEAN = 2
} LanceheadTier;

/* Bits of `fastmath`; they hold for the functions of the unit that are marked so. */
enum {
  LANCEHEAD_FAST_NNAN = 1,
  LANCEHEAD_FAST_NINF = 2,
  LANCEHEAD_FAST_NSZ = 4,
  LANCEHEAD_FAST_ARCP = 8,
  LANCEHEAD_FAST_CONTRACT = 16,
  LANCEHEAD_FAST_AFN = 32,
  LANCEHEAD_FAST_REASSOC = 64
};

typedef struct LanceheadCompileInput {
  uint32_t version; /* LANCEHEAD_API_VERSION */
  uint32_t want;    /* LanceheadWant */
  uint32_t tier;    /* LanceheadTier */
  uint32_t fastmath;
  const uint8_t* unit; /* ir/bytes.h */
  size_t unit_size;
  const char* cpu;      /* as LLVM names it; null or "": this machine's */
  const char* features; /* as LLVM writes them, "+avx2,-avx512f"; null: what the CPU has */
} LanceheadCompileInput;

typedef struct LanceheadCompileOutput {
  uint8_t* data; /* the object or the text; null on failure */
  size_t size;
  char* error;   /* a message, or null */
  uint32_t lean; /* 1 if the lean tier was taken */
  int64_t lower_ns, passes_ns, emit_ns;
} LanceheadCompileOutput;

/* 0 on success. `output` is overwritten and must be given to lancehead_llvm_free. */
LANCEHEAD_EXPORT int lancehead_llvm_compile(const LanceheadCompileInput* input,
                                            LanceheadCompileOutput* output);
LANCEHEAD_EXPORT void lancehead_llvm_free(LanceheadCompileOutput* output);
/* Makes what the first compilation of a process would make first; to be called ahead on a thread of its own.
 */
LANCEHEAD_EXPORT void lancehead_llvm_prepare(void);
/* "znver4;+avx2,..." of this machine, for cache keys; valid for ever. */
LANCEHEAD_EXPORT const char* lancehead_llvm_host(void);

#ifdef __cplusplus
}
#endif
