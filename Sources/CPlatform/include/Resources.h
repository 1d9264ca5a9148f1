#ifndef SCALEUP_RESOURCES_H
#define SCALEUP_RESOURCES_H

// Memory, and the limits and priority of this process.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Checks that a block of memory can be allocated: maps and unmaps it. Returns 0 or an error number.
int scaleup_try_memory(size_t bytes);

/// Asks for large pages in memory that nobody has touched yet, where the system has them.
void scaleup_prefer_large_pages(void *start, size_t bytes);

/// Returns zeroed memory that this process shares with those that it forks later, until the last of them ends; NULL with errno.
void *_Nullable scaleup_shared_memory(size_t bytes);

/// Raises the soft limit on open descriptors to `wanted` if it is lower, as far as the hard limit allows.
/// Returns the new limit, or 0 if the system does not report it.
uint64_t scaleup_raise_descriptor_limit(uint64_t wanted);

/// A resource that the system limits for a process.
enum scaleup_resource {
  /// Bytes of a stack.
  SCALEUP_STACK,
  /// Bytes of the address space.
  SCALEUP_ADDRESS_SPACE,
  /// Processes and threads of the user.
  SCALEUP_PROCESSES,
  /// Open files.
  SCALEUP_OPEN_FILES,
  /// Seconds of CPU time.
  SCALEUP_CPU_TIME,
};

/// Returns the soft limit of this process on a resource; UINT64_MAX if there is none.
uint64_t scaleup_soft_limit(enum scaleup_resource resource);

/// Gets the nice level of this process. Returns 0, or -1 if the system does not report it.
int scaleup_nice(int *level);

/// Returns the name of this process's scheduling policy, such as "other"; NULL if it is unknown.
const char *_Nullable scaleup_scheduling_policy(void);

#pragma clang assume_nonnull end

#endif
