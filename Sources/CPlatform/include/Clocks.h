#ifndef SCALEUP_CLOCKS_H
#define SCALEUP_CLOCKS_H

// The clocks, in nanoseconds. On Darwin, their identifiers are enumerations that Swift cannot pass to clock_gettime.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Returns the time since an arbitrary fixed moment.
uint64_t scaleup_monotonic_time(void);

/// Returns the CPU time of the calling thread.
uint64_t scaleup_thread_cpu_time(void);

/// Returns the CPU time of this process, without its children.
uint64_t scaleup_process_cpu_time(void);

#pragma clang assume_nonnull end

#endif
