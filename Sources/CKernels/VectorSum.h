// The body of a vector kernel, included once for each instruction set, with
//   VECTOR_SUM     the name of the function
//   VECTOR_TARGET  the attribute that lets the compiler use the instruction set
//   LANES          64-bit numbers in a vector
//   CHAINS         pairs of an index vector and an accumulator: enough to fill every execution unit while a
//                  chain waits for its own last addition, and few enough to stay in registers
//   REGISTER       the constraint of a vector register in inline assembly
//
// One step forms LANES * CHAINS numbers and adds each to its lane of its accumulator. The barrier around
// every index vector and every accumulator keeps the compiler from forming fewer numbers or summing in closed
// form. An accumulator is drained into 128 bits before a lane can overflow: each addition adds at most the
// largest number of the range.

#define VECTOR_OPAQUE(vector) __asm__ volatile("" : "+" REGISTER(vector))

VECTOR_TARGET static scaleup_total VECTOR_SUM(uint64_t lower, uint64_t upper) {
  typedef uint64_t vector __attribute__((vector_size(LANES * sizeof(uint64_t))));
  const uint64_t numbers_per_step = LANES * CHAINS;
  unsigned __int128 total = 0;

  uint64_t steps = lower < upper ? (upper - lower) / numbers_per_step : 0;
  if (steps > 0) {
    const uint64_t most_steps = UINT64_MAX / (upper - 1);
    vector index[CHAINS];
    for (int chain = 0; chain < CHAINS; chain++)
      for (int lane = 0; lane < LANES; lane++) index[chain][lane] = lower + (uint64_t)(chain * LANES + lane);
    lower += steps * numbers_per_step;
    while (steps > 0) {
      const uint64_t block = steps < most_steps ? steps : most_steps;
      vector accumulator[CHAINS] = {0};
      for (uint64_t step = 0; step < block; step++) {
#pragma clang loop unroll(full)
        for (int chain = 0; chain < CHAINS; chain++) {
          VECTOR_OPAQUE(index[chain]);
          accumulator[chain] += index[chain];
          VECTOR_OPAQUE(accumulator[chain]);
          index[chain] += numbers_per_step;
        }
      }
      for (int chain = 0; chain < CHAINS; chain++)
        for (int lane = 0; lane < LANES; lane++) total += accumulator[chain][lane];
      steps -= block;
    }
  }
  for (; lower < upper; lower++) total += scaleup_opaque_u64(lower);
  return (scaleup_total){.low = (uint64_t)total, .high = (uint64_t)(total >> 64)};
}

#undef VECTOR_OPAQUE
#undef VECTOR_SUM
#undef VECTOR_TARGET
#undef LANES
#undef CHAINS
#undef REGISTER
