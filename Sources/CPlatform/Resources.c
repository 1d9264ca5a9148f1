#define _GNU_SOURCE
#include "CPlatform.h"

void *scaleup_shared_memory(size_t bytes) {
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void scaleup_prefer_large_pages(void *start, size_t bytes) {
#if defined(MADV_HUGEPAGE)
  uintptr_t page = 4096;
  size_t skipped = (page - (uintptr_t)start % page) % page;
  // The system may lack large pages: the memory then has small ones.
  if (bytes > skipped) madvise((char *)start + skipped, bytes - skipped, MADV_HUGEPAGE);
#else
  (void)start;
  (void)bytes;
#endif
}

int scaleup_try_memory(size_t bytes) {
  // A call of malloc whose memory is not used is one that a compiler may remove.
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (memory == MAP_FAILED) return errno;
  munmap(memory, bytes);
  return 0;
}

uint64_t scaleup_raise_descriptor_limit(uint64_t wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  rlim_t before = limit.rlim_cur;
  if (before >= wanted) return before;
  limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

uint64_t scaleup_soft_limit(enum scaleup_resource resource) {
  static const int resources[] = {
      [SCALEUP_STACK] = RLIMIT_STACK,           [SCALEUP_ADDRESS_SPACE] = RLIMIT_AS,
      [SCALEUP_PROCESSES] = RLIMIT_NPROC,       [SCALEUP_OPEN_FILES] = RLIMIT_NOFILE,
      [SCALEUP_CPU_TIME] = RLIMIT_CPU,
  };
  struct rlimit limit;
  if (getrlimit(resources[resource], &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
  return limit.rlim_cur;
}

int scaleup_nice(int *level) {
  // -1 is a level too.
  errno = 0;
  *level = getpriority(PRIO_PROCESS, 0);
  return *level == -1 && errno != 0 ? -1 : 0;
}

const char *scaleup_scheduling_policy(void) {
#if defined(__linux__)
  int policy = sched_getscheduler(0);
  switch (policy < 0 ? policy : policy & ~SCHED_RESET_ON_FORK) {
  case SCHED_OTHER: return "other";
  case SCHED_BATCH: return "batch";
  case SCHED_IDLE: return "idle";
  case SCHED_FIFO: return "fifo";
  case SCHED_RR: return "rr";
  case 6: return "deadline";
  }
#endif
  return NULL;
}
