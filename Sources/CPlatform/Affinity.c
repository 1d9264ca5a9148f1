#define _GNU_SOURCE
#include "CPlatform.h"

#include "Affinity.h"

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

int scaleup_make_cpus(struct scaleup_cpus *cpus, const int *numbers, int count) {
  cpus->set = NULL;
  cpus->size = 0;
  if (count <= 0) return 0;
#if defined(__linux__)
  int greatest = 0;
  for (int index = 0; index < count; index++) {
    if (numbers[index] > greatest) greatest = numbers[index];
  }
  cpu_set_t *set = CPU_ALLOC(greatest + 1);
  if (set == NULL) return ENOMEM;
  size_t size = CPU_ALLOC_SIZE(greatest + 1);
  CPU_ZERO_S(size, set);
  for (int index = 0; index < count; index++) {
    if (numbers[index] >= 0) CPU_SET_S(numbers[index], size, set);
  }
  cpus->set = set;
  cpus->size = size;
  return 0;
#else
  (void)numbers;
  return ENOTSUP;
#endif
}

int scaleup_apply_cpus(const struct scaleup_cpus *cpus) {
#if defined(__linux__)
  if (cpus->set != NULL) return sched_setaffinity(0, cpus->size, cpus->set);
#else
  (void)cpus;
#endif
  return 0;
}

void scaleup_free_cpus(struct scaleup_cpus *cpus) {
#if defined(__linux__)
  if (cpus->set != NULL) CPU_FREE((cpu_set_t *)cpus->set);
#endif
  cpus->set = NULL;
}

int scaleup_bind_thread(const int *cpus, int count) {
  struct scaleup_cpus set;
  int code = count > 0 ? scaleup_make_cpus(&set, cpus, count) : EINVAL;
  if (code != 0) {
    errno = code;
    return -1;
  }
  int failed = scaleup_apply_cpus(&set);
  code = errno;
  scaleup_free_cpus(&set);
  errno = code;
  return failed;
}
