#define _GNU_SOURCE
#include "CPlatform.h"

int scaleup_current_core(void) {
#if defined(__linux__)
  return sched_getcpu();
#else
  return -1;
#endif
}

int scaleup_affinity_count(void) {
#if defined(__linux__)
  // The kernel rejects a mask smaller than its own, and no call returns that size: double it until it fits.
  for (int cpus = 1024; cpus <= 1 << 20; cpus *= 2) {
    cpu_set_t *set = CPU_ALLOC(cpus);
    if (set == NULL) return -1;
    size_t size = CPU_ALLOC_SIZE(cpus);
    int failed = sched_getaffinity(0, size, set);
    int count = failed ? -1 : CPU_COUNT_S(size, set);
    CPU_FREE(set);
    if (!failed) return count;
    if (errno != EINVAL) return -1;
  }
#endif
  return -1;
}

int scaleup_bind_thread(const int *cpus, int count) {
#if defined(__linux__)
  int greatest = 0;
  for (int index = 0; index < count; index++) {
    if (cpus[index] > greatest) greatest = cpus[index];
  }
  cpu_set_t *set = CPU_ALLOC(greatest + 1);
  if (set == NULL) return -1;
  size_t size = CPU_ALLOC_SIZE(greatest + 1);
  CPU_ZERO_S(size, set);
  for (int index = 0; index < count; index++) {
    if (cpus[index] >= 0) CPU_SET_S(cpus[index], size, set);
  }
  int failed = sched_setaffinity(0, size, set), code = errno;
  CPU_FREE(set);
  errno = code;
  return failed;
#else
  (void)cpus, (void)count;
  errno = ENOTSUP;
  return -1;
#endif
}
