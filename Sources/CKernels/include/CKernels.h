#ifndef SCALEUP_CKERNELS_H
#define SCALEUP_CKERNELS_H

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

#endif
