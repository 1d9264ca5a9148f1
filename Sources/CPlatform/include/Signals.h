#ifndef SCALEUP_SIGNALS_H
#define SCALEUP_SIGNALS_H

// Signals that this process gets, and the ends of children that they report.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Returns the name of a signal without SIG, such as "KILL"; NULL if the system has no name for it.
const char *_Nullable scaleup_signal_name(int signal);

/// Sets whether a write to a pipe without readers fails with EPIPE instead of killing the process.
void scaleup_ignore_broken_pipes(bool ignored);

/// Returns the monotonic time at which the signal that a child had ended came, in nanoseconds; 0 if it is unknown, because
/// SIGCHLD is not forwarded or the ends of several children came at once.
uint64_t scaleup_end_time(pid_t child);

/// Makes the signals of `scaleup_forward_signals` do nothing.
void scaleup_drop_signals(void);

/// Makes each of the signals write its number as one byte to the descriptor. Signals that were ignored when
/// this process started (`nohup`) stay ignored, except SIGCHLD. Returns 0, or -1 with errno.
int scaleup_forward_signals(const int *signals, int count, int descriptor);

/// Restores the default action of each of the signals, unless another descriptor receives them now. Returns
/// whether it did.
bool scaleup_restore_signals(const int *signals, int count, int descriptor);

/// Stops this process as SIGTSTP does by default, and returns when it is continued.
void scaleup_stop(void);

#pragma clang assume_nonnull end

#endif
