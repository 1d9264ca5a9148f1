#include "CKernels.h"

// An ordinary store leaves the line in the caches; it is what the compiler makes of a copy.
#define ORDINARY_STORE(address, vector) __builtin_memcpy(address, &vector, sizeof vector)
#define NO_FENCE()

#if defined(__x86_64__)
#include <immintrin.h>

#define STREAM(name) name##_avx512_ordinary
#define VECTOR_TARGET __attribute__((target("avx512f")))
#define LANES 8
#define STORE(address, vector) ORDINARY_STORE(address, vector)
#define FENCE() NO_FENCE()
#include "StreamLoops.h"

#define STREAM(name) name##_avx512_streaming
#define VECTOR_TARGET __attribute__((target("avx512f")))
#define LANES 8
#define STORE(address, vector) _mm512_stream_pd(address, (__m512d)vector)
#define FENCE() _mm_sfence()
#include "StreamLoops.h"

#define STREAM(name) name##_avx2_ordinary
#define VECTOR_TARGET __attribute__((target("avx2")))
#define LANES 4
#define STORE(address, vector) ORDINARY_STORE(address, vector)
#define FENCE() NO_FENCE()
#include "StreamLoops.h"

#define STREAM(name) name##_avx2_streaming
#define VECTOR_TARGET __attribute__((target("avx2")))
#define LANES 4
#define STORE(address, vector) _mm256_stream_pd(address, (__m256d)vector)
#define FENCE() _mm_sfence()
#include "StreamLoops.h"

#define STREAM(name) name##_sse2_ordinary
#define VECTOR_TARGET
#define LANES 2
#define STORE(address, vector) ORDINARY_STORE(address, vector)
#define FENCE() NO_FENCE()
#include "StreamLoops.h"

#define STREAM(name) name##_sse2_streaming
#define VECTOR_TARGET
#define LANES 2
#define STORE(address, vector) _mm_stream_pd(address, (__m128d)vector)
#define FENCE() _mm_sfence()
#include "StreamLoops.h"

static bool has_avx512(void) { return __builtin_cpu_supports("avx512f"); }
static bool has_avx2(void) { return __builtin_cpu_supports("avx2"); }

#elif defined(__aarch64__)
#include <arm_neon.h>

// The instruction stores two registers, and hints that the line is not needed soon.
static inline void store_pair(double *address, float64x2_t low, float64x2_t high) {
  __asm__ volatile("stnp %q1, %q2, %0" : "=Q"(*(double(*)[4])address) : "w"(low), "w"(high));
}

#define STREAM(name) name##_neon_ordinary
#define VECTOR_TARGET
#define LANES 4
#define STORE(address, vector) ORDINARY_STORE(address, vector)
#define FENCE() NO_FENCE()
#include "StreamLoops.h"

#define STREAM(name) name##_neon_streaming
#define VECTOR_TARGET
#define LANES 4
#define STORE(address, vector) \
  store_pair(address, (float64x2_t){vector[0], vector[1]}, (float64x2_t){vector[2], vector[3]})
#define FENCE() NO_FENCE()
#include "StreamLoops.h"

#endif

// Vectors of the language extension; there is no portable streaming store.
#define STREAM(name) name##_portable_ordinary
#define VECTOR_TARGET
#define LANES 2
#define STORE(address, vector) ORDINARY_STORE(address, vector)
#define FENCE() NO_FENCE()
#include "StreamLoops.h"

static bool always(void) { return true; }

const scaleup_stream_kernel *scaleup_stream_kernels(int *count) {
#define LOOPS(set) {copy_##set, scale_##set, add_##set, triad_##set}
  static const scaleup_stream_kernel kernels[] = {
#if defined(__x86_64__)
      {"avx512", has_avx512, LOOPS(avx512_ordinary), LOOPS(avx512_streaming)},
      {"avx2", has_avx2, LOOPS(avx2_ordinary), LOOPS(avx2_streaming)},
      {"sse2", always, LOOPS(sse2_ordinary), LOOPS(sse2_streaming)},
#elif defined(__aarch64__)
      {"neon", always, LOOPS(neon_ordinary), LOOPS(neon_streaming)},
#endif
      {"portable", always, LOOPS(portable_ordinary), LOOPS(portable_ordinary)},
  };
  *count = (int)(sizeof kernels / sizeof kernels[0]);
  return kernels;
}
