#ifndef SCALEUP_DESCRIPTORS_H
#define SCALEUP_DESCRIPTORS_H

// Files, pipes and terminals.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Calls `open(2)` with close-on-exec. Returns a descriptor above those of the standard streams, or -1 with
/// errno.
int scaleup_open(const char *path, int flags, mode_t mode);

/// Closes a copy of the descriptor: some file systems report errors of earlier writes only then. Returns 0, or
/// -1 with errno.
int scaleup_close_copy(int descriptor);

/// Returns whether something is mounted at the path, so that it cannot be renamed over. Always false on Linux
/// before 5.8.
bool scaleup_is_mount_point(const char *path);

/// Returns the time at which the content of a file was last changed.
struct timespec scaleup_change_time(const struct stat *status);

/// Makes the descriptor nonblocking. Returns 0, or -1 with errno.
int scaleup_set_nonblocking(int descriptor);

/// Closes every descriptor from `first` to `last`, in one system call if the system has one for that.
void scaleup_close_range(int first, int last);

/// Closes every open descriptor from `first` to `last`, one after the other.
void scaleup_close_each(int first, int last);

/// Creates a pipe whose two ends (reading, writing) are closed on exec and are above the descriptors of the
/// standard streams. Returns 0, or -1 with errno.
int scaleup_pipe(int *ends);

/// Gets the size of a terminal; 80 by 24 if it does not report one. Returns 0, or -1 if the descriptor is not
/// a terminal.
int scaleup_terminal_size(int descriptor, int *columns, int *rows);

#pragma clang assume_nonnull end

#endif
