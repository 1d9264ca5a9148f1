#ifndef SCALEUP_THREADING_H
#define SCALEUP_THREADING_H

// Threads, and the cores that they run on.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Returns the size in bytes of the stack of a thread that asks for none: the soft limit on stacks (`ulimit -s`) when this
/// process started, or a size of the C library's if there is no limit.
size_t scaleup_thread_stack(void);

/// Starts a POSIX thread that runs `body(context)`, on Darwin as `scaleup_prefer_fast_cores` asks for. Returns 0 or an error
/// number, which is ENOMEM if its stack does not fit in memory.
int scaleup_start_thread(uintptr_t *thread, void (*body)(void *), void *context);

/// Gets the CPU time of the calling thread in user mode and in the kernel, in nanoseconds. Returns 0, or -1 if the system does
/// not report it.
int scaleup_thread_usage(uint64_t *user, uint64_t *system);

/// Waits until a thread has exited.
void scaleup_join_thread(uintptr_t thread);

/// Lets the resources of a thread be released when it exits. It cannot be joined then.
void scaleup_detach_thread(uintptr_t thread);

/// Checks that `count` threads, each with a stack of the default size, can exist at once: starts and joins them. Returns 0 or
/// an error number, which is ENOMEM if their stacks do not fit in memory.
int scaleup_try_threads(int count);

/// Returns the core that the calling thread runs on, or -1 if the system does not report it.
int scaleup_current_core(void);

/// Asks for the calling thread to run on fast cores: on Darwin for the user-interactive quality of service, whose threads
/// get performance cores first. Does nothing elsewhere.
void scaleup_prefer_fast_cores(void);

/// Returns the number of CPUs in this process's affinity mask, or -1 if the system has none.
int scaleup_affinity_count(void);

/// Restricts the calling thread to some CPUs. Returns 0, or -1 with errno.
int scaleup_bind_thread(const int *cpus, int count);

/// Makes timeouts of the calling thread end when they are due, not up to 50 µs later, which lets Linux save energy.
void scaleup_make_timeouts_exact(void);

#pragma clang assume_nonnull end

#endif
