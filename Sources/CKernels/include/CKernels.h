#ifndef SCALEUP_CKERNELS_H
#define SCALEUP_CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

// The optimisation barrier. The compiler must have the value in a register at this point and must assume
// that it comes back changed, so it cannot replace the loop around it by a formula, leave a step out, or do
// several steps at once. No instruction is emitted.

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

// The vector kernels of `sum`: the exact sum of the integers lower ..< upper, each formed in a vector and added
// to another. A kernel may run only where its `has` is true; one for another processor is never there.

#pragma clang assume_nonnull begin

/// An exact sum of 128 bits.
typedef struct {
  uint64_t low, high;
} scaleup_total;

typedef struct {
  /// The instruction set, as it is called on the command line.
  const char *name;
  /// Whether this processor, and the system on it, has the instruction set.
  bool (*has)(void);
  scaleup_total (*sum)(uint64_t lower, uint64_t upper);
} scaleup_vector_kernel;

/// The kernels that were compiled for this architecture, the widest first.
const scaleup_vector_kernel *scaleup_vector_kernels(int *count);

#pragma clang assume_nonnull end

#endif
