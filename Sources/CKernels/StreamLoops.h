// STREAM's four loops, included once for each instruction set, with
//   STREAM(name)   the name of the function of an operation
//   VECTOR_TARGET  the attribute that lets the compiler use the instruction set
//   LANES          doubles in a vector
//   STORE(a, v)    stores a vector at an aligned address
//   FENCE()        orders streaming stores before later ones
//
// Vectors fill whole cache lines of the target, because a streaming store of part of a line is slow. The elements before
// the first line and after the last are stored one by one.

#define ELEMENT(array) array[i]
#define VECTOR(array) (*(const unaligned *)(array + i + v))

// An operation is an expression of what is read, so that one loop serves elements and vectors.
#define COPY(READ) READ(first)
#define SCALE(READ) factor *READ(first)
#define ADD(READ) READ(first) + READ(second)
#define TRIAD(READ) READ(first) + factor *READ(second)

#define LOOP(name, OPERATION)                                                                                          \
  VECTOR_TARGET static void STREAM(name)(double *target, const double *first, const double *second, double factor,     \
                                         size_t count) {                                                               \
    typedef double vector __attribute__((vector_size(LANES * sizeof(double))));                                        \
    typedef double unaligned __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias)); \
    const size_t doubles_per_line = 8;                                                                                 \
    size_t i = 0;                                                                                                      \
    (void)second, (void)factor;                                                                                        \
    for (; i < count && (uintptr_t)(target + i) % 64 != 0; i++) target[i] = OPERATION(ELEMENT);                        \
    for (; count - i >= doubles_per_line; i += doubles_per_line)                                                       \
      for (size_t v = 0; v < doubles_per_line; v += LANES) {                                                           \
        vector value = OPERATION(VECTOR);                                                                              \
        STORE(target + i + v, value);                                                                                  \
      }                                                                                                                \
    for (; i < count; i++) target[i] = OPERATION(ELEMENT);                                                             \
    FENCE();                                                                                                           \
  }

LOOP(copy, COPY)
LOOP(scale, SCALE)
LOOP(add, ADD)
LOOP(triad, TRIAD)

#undef ELEMENT
#undef VECTOR
#undef COPY
#undef SCALE
#undef ADD
#undef TRIAD
#undef LOOP
#undef STREAM
#undef VECTOR_TARGET
#undef LANES
#undef STORE
#undef FENCE
