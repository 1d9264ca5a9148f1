#include "stream.h"

#include <omp.h>
#include <stdlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static const double factor = 3;

// A thread's part of the elements, in whole cache lines.
typedef struct {
  uint64_t lower, upper;
} Part;

static Part partOf(const Stream *stream) {
  uint64_t lines = (stream->elements + 7) / 8, threads = (uint64_t)omp_get_num_threads();
  uint64_t thread = (uint64_t)omp_get_thread_num();
  Part part = {lines * thread / threads * 8, lines * (thread + 1) / threads * 8};
  if (part.lower > stream->elements) part.lower = stream->elements;
  if (part.upper > stream->elements) part.upper = stream->elements;
  return part;
}

bool streamPrepare(Stream *stream, uint64_t size) {
  uint64_t bytes = (size + 4095) / 4096 * 4096;
  stream->elements = size / 8;
  stream->a = aligned_alloc(4096, bytes);
  stream->b = aligned_alloc(4096, bytes);
  stream->c = aligned_alloc(4096, bytes);
  if (!stream->a || !stream->b || !stream->c) return false;
#pragma omp parallel num_threads(stream->workers)
  {
    Part part = partOf(stream);
    for (uint64_t i = part.lower; i < part.upper; i++) {
      stream->a[i] = 0;
      stream->b[i] = (double)i + 1;
      stream->c[i] = (double)i + 2;
    }
  }
  return true;
}

// What the compiler makes of the plain loops.
static void plain(char operation, double *restrict a, const double *restrict b, const double *restrict c, uint64_t count) {
  switch (operation) {
  case 'c':
    for (uint64_t i = 0; i < count; i++) a[i] = b[i];
    break;
  case 's':
    for (uint64_t i = 0; i < count; i++) a[i] = factor * b[i];
    break;
  case 'a':
    for (uint64_t i = 0; i < count; i++) a[i] = b[i] + c[i];
    break;
  default:
    for (uint64_t i = 0; i < count; i++) a[i] = b[i] + factor * c[i];
  }
}

#if defined(__AVX512F__)
#define LANES 8
#define LOAD(p) _mm512_loadu_pd(p)
#define SET(x) _mm512_set1_pd(x)
#define ADD(x, y) _mm512_add_pd(x, y)
#define MULTIPLY(x, y) _mm512_mul_pd(x, y)
#define STORE(p, x) _mm512_stream_pd(p, x)
#elif defined(__AVX__)
#define LANES 4
#define LOAD(p) _mm256_loadu_pd(p)
#define SET(x) _mm256_set1_pd(x)
#define ADD(x, y) _mm256_add_pd(x, y)
#define MULTIPLY(x, y) _mm256_mul_pd(x, y)
#define STORE(p, x) _mm256_stream_pd(p, x)
#elif defined(__x86_64__)
#define LANES 2
#define LOAD(p) _mm_loadu_pd(p)
#define SET(x) _mm_set1_pd(x)
#define ADD(x, y) _mm_add_pd(x, y)
#define MULTIPLY(x, y) _mm_mul_pd(x, y)
#define STORE(p, x) _mm_stream_pd(p, x)
#endif

static void streaming(char operation, double *restrict a, const double *restrict b, const double *restrict c,
                      uint64_t count) {
  uint64_t i = 0;
#ifdef LANES
  switch (operation) {
  case 'c':
    for (; i + LANES <= count; i += LANES) STORE(a + i, LOAD(b + i));
    break;
  case 's':
    for (; i + LANES <= count; i += LANES) STORE(a + i, MULTIPLY(SET(factor), LOAD(b + i)));
    break;
  case 'a':
    for (; i + LANES <= count; i += LANES) STORE(a + i, ADD(LOAD(b + i), LOAD(c + i)));
    break;
  default:
    for (; i + LANES <= count; i += LANES) STORE(a + i, ADD(LOAD(b + i), MULTIPLY(SET(factor), LOAD(c + i))));
  }
  _mm_sfence();
#endif
  plain(operation, a + i, b + i, c + i, count - i);
}

static void pass(const Stream *stream, uint64_t lower, uint64_t upper) {
  if (lower >= upper) return;
  void (*loop)(char, double *, const double *, const double *, uint64_t) = stream->streaming ? streaming : plain;
  loop(stream->operation, stream->a + lower, stream->b + lower, stream->c + lower, upper - lower);
  __asm__ volatile("" ::: "memory"); // every pass is done, although it stores what the last one did
}

void streamRun(const Stream *stream) {
  uint64_t passes = stream->steps / stream->elements, rest = stream->steps % stream->elements;
#pragma omp parallel num_threads(stream->workers)
  {
    Part part = partOf(stream);
    for (uint64_t i = 0; i < passes; i++) pass(stream, part.lower, part.upper);
    pass(stream, part.lower, part.upper < rest ? part.upper : rest);
  }
}

uint64_t streamCheck(const Stream *stream) {
  uint64_t passes = stream->steps / stream->elements, rest = stream->steps % stream->elements, right = 0;
#pragma omp parallel for num_threads(stream->workers) reduction(+ : right)
  for (uint64_t i = 0; i < stream->elements; i++) {
    double b = (double)i + 1, c = (double)i + 2;
    double a = stream->operation == 'c'   ? b
               : stream->operation == 's' ? factor * b
               : stream->operation == 'a' ? b + c
                                          : b + factor * c;
    uint64_t done = passes + (i < rest);
    if (done > 0 && stream->a[i] == a && stream->b[i] == b && stream->c[i] == c) right += done;
  }
  return right;
}
