#ifndef SCALEUP_AFFINITY_H
#define SCALEUP_AFFINITY_H

#include <stddef.h>

// A set of CPUs, made before a fork so that the child, which may share its parent's memory, only has to apply it.
struct scaleup_cpus {
  void *set;
  size_t size;
};

// Makes a set; an empty one if `count` is 0. Returns 0 or an error number, which is ENOTSUP on systems without such sets.
int scaleup_make_cpus(struct scaleup_cpus *cpus, const int *numbers, int count);

// Moves the calling thread to the CPUs of a set; does nothing if it is empty. Returns 0, or -1 and sets errno. It is safe in
// signal handlers.
int scaleup_apply_cpus(const struct scaleup_cpus *cpus);

void scaleup_free_cpus(struct scaleup_cpus *cpus);

#endif
