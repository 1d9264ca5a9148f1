#ifndef SCALEUP_GUARDIAN_H
#define SCALEUP_GUARDIAN_H

#include <stdbool.h>
#include <sys/types.h>

// Whether the kernel kills a child whose parent has ended. Define SCALEUP_PORTABLE to do without it on Linux too.
#if defined(__linux__) && !defined(SCALEUP_PORTABLE)
#define SCALEUP_HAS_DEATH_SIGNAL 1
#else
#define SCALEUP_HAS_DEATH_SIGNAL 0
#endif

// The guardian of this process is a process that kills the process groups of its children when it ends before them,
// for whatever reason. It waits at a pipe whose writing end only this process has, and which reaches its end then.

/// Starts the guardian of this process, unless it runs. Returns 0 or an error number.
int scaleup_start_guardian(void);

/// Returns whether this process has started a guardian.
bool scaleup_has_guardian(void);

/// Makes the guardian kill the process group that a child leads when this process ends.
void scaleup_guard(pid_t child);

/// Makes the guardian forget a child. Call it before the child is reaped: its identifier may then become another's.
void scaleup_dismiss(pid_t child);

#endif
