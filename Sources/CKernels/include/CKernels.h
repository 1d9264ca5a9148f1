#ifndef SCALEUP_CKERNELS_H
#define SCALEUP_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The optimization barrier. The compiler must have the value in a register at this point and must assume that
// it changes. So it cannot replace the loop around it by a formula, omit a step, or combine several steps. No
// instruction is emitted.

static inline uint64_t scaleup_opaque_u64(uint64_t value) {
  __asm__ volatile("" : "+r"(value));
  return value;
}

static inline double scaleup_opaque_f64(double value) {
#if defined(__x86_64__) || defined(__i386__)
  __asm__ volatile("" : "+x"(value));
#elif defined(__aarch64__)
  __asm__ volatile("" : "+w"(value));
#else
  __asm__ volatile("" : "+m"(value));
#endif
  return value;
}

// The vector kernels of `sum`: the exact sum of the integers lower ..< upper, each formed in a vector and
// added to another. Call a kernel only if its `has` returns true. Kernels for other architectures are not
// compiled.

#pragma clang assume_nonnull begin

/// An exact 128-bit sum.
typedef struct {
  uint64_t low, high;
} scaleup_total;

typedef struct {
  /// The instruction set's name on the command line.
  const char *name;
  /// Whether this processor and its operating system support the instruction set.
  bool (*has)(void);
  scaleup_total (*sum)(uint64_t lower, uint64_t upper);
} scaleup_vector_kernel;

/// Returns the kernels compiled for this architecture, the widest first.
const scaleup_vector_kernel *scaleup_vector_kernels(int *count);

/// A loop of STREAM over arrays: target[i] = first[i], factor * first[i], first[i] + second[i], or
/// first[i] + factor * second[i]. The target must not overlap the others.
typedef void (*scaleup_stream_loop)(double *target, const double *first, const double *second, double factor,
                                    size_t count);

typedef struct {
  scaleup_stream_loop copy, scale, add, triad;
} scaleup_stream_loops;

/// The vector kernels of `memory`. Call a loop only if `has` returns true.
typedef struct {
  /// The instruction set's name on the command line.
  const char *name;
  /// Whether this processor and its operating system support the instruction set.
  bool (*has)(void);
  /// The loops for arrays that fit into the caches.
  scaleup_stream_loops ordinary;
  /// The loops that store past the caches. Without such an instruction they are the ordinary ones.
  scaleup_stream_loops streaming;
} scaleup_stream_kernel;

/// Returns the kernels compiled for this architecture, the widest first.
const scaleup_stream_kernel *scaleup_stream_kernels(int *count);

#pragma clang assume_nonnull end

#endif
