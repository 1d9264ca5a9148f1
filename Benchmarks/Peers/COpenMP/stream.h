// STREAM's loops over three arrays, each thread in its own part.

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  double *a, *b, *c;
  uint64_t elements, steps; // a step is one element; the last pass may end early
  int workers;
  char operation; // the first letter of copy, scale, add or triad
  bool streaming; // 512-bit streaming stores if the processor has them, otherwise the widest it has
} Stream;

// Allocates arrays of `size` bytes; each thread writes the first values of its part. Returns false without memory.
bool streamPrepare(Stream *stream, uint64_t size);

// Does all steps.
void streamRun(const Stream *stream);

// Returns the number of steps whose element has the right values.
uint64_t streamCheck(const Stream *stream);
