#include "CKernels.h"

#if defined(__x86_64__)
#define BASE_REGISTER "x"

#define VECTOR_SUM sum_avx512
#define VECTOR_TARGET __attribute__((target("avx512f")))
#define LANES 8
#define CHAINS 8
#define REGISTER "v"
#include "VectorSum.h"

#define VECTOR_SUM sum_avx2
#define VECTOR_TARGET __attribute__((target("avx2")))
#define LANES 4
#define CHAINS 6
#define REGISTER "x"
#include "VectorSum.h"

#define VECTOR_SUM sum_sse2
#define VECTOR_TARGET
#define LANES 2
#define CHAINS 6
#define REGISTER "x"
#include "VectorSum.h"

// The compiler's run-time library checks the processor, and whether the system saves the wide registers.
static bool has_avx512(void) { return __builtin_cpu_supports("avx512f"); }
static bool has_avx2(void) { return __builtin_cpu_supports("avx2"); }

#elif defined(__aarch64__)
#define BASE_REGISTER "w"

#define VECTOR_SUM sum_neon
#define VECTOR_TARGET
#define LANES 2
#define CHAINS 8
#define REGISTER "w"
#include "VectorSum.h"

#else
// No vector register constraint is known for this architecture: the barrier passes the vector through memory.
#define BASE_REGISTER "m"
#endif

// Vectors of the language extension, which the compiler maps to what the processor has.
#define VECTOR_SUM sum_portable
#define VECTOR_TARGET
#define LANES 2
#define CHAINS 4
#define REGISTER BASE_REGISTER
#include "VectorSum.h"

static bool always(void) { return true; }

const scaleup_vector_kernel *scaleup_vector_kernels(int *count) {
  static const scaleup_vector_kernel kernels[] = {
#if defined(__x86_64__)
      {"avx512", has_avx512, sum_avx512},
      {"avx2", has_avx2, sum_avx2},
      {"sse2", always, sum_sse2},
#elif defined(__aarch64__)
      {"neon", always, sum_neon},
#endif
      {"portable", always, sum_portable},
  };
  *count = (int)(sizeof kernels / sizeof kernels[0]);
  return kernels;
}
