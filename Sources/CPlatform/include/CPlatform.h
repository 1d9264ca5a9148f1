#ifndef SCALEUP_CPLATFORM_H
#define SCALEUP_CPLATFORM_H

// The system headers that Platform uses, so that its Swift files import this module alone on every system.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// What follows is the little that Swift cannot import: macros, variadic functions, GNU extensions, and `fork`
// on Darwin.

#pragma clang assume_nonnull begin

int scaleup_errno(void);

bool scaleup_exited(int status);
int scaleup_exit_status(int status);
bool scaleup_signaled(int status);
int scaleup_term_signal(int status);

/// The name of a signal without its SIG, such as "KILL"; NULL if the system has none for it.
const char *_Nullable scaleup_signal_name(int signal);

/// `fork(2)`; the child is killed when its parent ends before it, where the system can do that.
pid_t scaleup_fork(void);

/// Starts a POSIX thread that runs `body(context)`. 0, or an error number.
int scaleup_start_thread(uintptr_t *thread, void (*body)(void *), void *context);

/// Waits until a thread has ended.
void scaleup_join_thread(uintptr_t thread);

/// Whether so many threads can be there at once: starts them and ends them. 0, or an error number.
int scaleup_try_threads(int count);

/// Whether a write to a pipe that nobody reads any more fails with EPIPE instead of ending the process.
void scaleup_ignore_broken_pipes(bool ignored);

/// Executes a program in a child process that leads a process group of its own, with no input, with its output and its
/// errors going to the descriptors, and with default signal handling. Where the system can do that, the child is killed
/// when the thread that called this ends before it, for example with its whole process. 0, or an error number.
int scaleup_spawn(
    pid_t *child, const char *path, char *_Nullable const *_Nonnull arguments, int output, int error);

/// `open(2)`, closed on exec. A descriptor, or -1 with errno.
int scaleup_open(const char *path, int flags, mode_t mode);

/// When the content of a file was last changed.
struct timespec scaleup_change_time(const struct stat *status);

/// Makes reads and writes of the descriptor return instead of waiting. 0, or -1 with errno.
int scaleup_set_nonblocking(int descriptor);

/// Closes every descriptor from `first` to `last`. Does nothing on Linux before 5.9.
void scaleup_close_range(int first, int last);

/// A pipe, whose two ends (reading, writing) are closed on exec. 0, or -1 with errno.
int scaleup_pipe(int *ends);

/// The core that the calling thread runs on, or -1 where the system does not tell.
int scaleup_current_core(void);

/// The number of CPUs in this process's affinity mask, or -1 where the system has none.
int scaleup_affinity_count(void);

/// From now on, each of the signals writes its number as one byte to the descriptor. One that this process was
/// started to ignore (`nohup`) stays ignored, unless it is SIGCHLD. 0, or -1 with errno.
int scaleup_forward_signals(const int *signals, int count, int descriptor);

/// Restores the default action of each of the signals, unless they now go to another descriptor.
void scaleup_restore_signals(const int *signals, int count, int descriptor);

/// The file that this process executes, zero-terminated in `buffer`. 0, or -1.
int scaleup_executable_path(char *buffer, uint32_t size);

/// The size of the terminal that a descriptor is, 80 by 24 where it does not tell.
///
/// @return 0, or -1 where the descriptor is no terminal.
int scaleup_terminal_size(int descriptor, int *columns, int *rows);

/// Raises the soft limit of open descriptors to `wanted` if it is lower, as far as the hard limit allows. The limit
/// as it is then, or 0 where the system does not tell.
uint64_t scaleup_raise_descriptor_limit(uint64_t wanted);

/// What a hardware counter counts.
enum scaleup_counter {
  /// Cycles of the core in user mode.
  SCALEUP_CYCLES,
  /// Instructions that were completed in user mode.
  SCALEUP_INSTRUCTIONS,
  /// Moves from one core to another.
  SCALEUP_MIGRATIONS,
  /// Times that a core went from one thread to another.
  SCALEUP_CONTEXT_SWITCHES,
  /// Nanoseconds on a core.
  SCALEUP_TASK_CLOCK,
};

/// Begins to count for a process, its one thread, and all threads and processes that it creates from now on; 0 is the
/// calling thread. Three numbers of 64 bits can be read from the descriptor: the count, the nanoseconds in which it
/// should have been counted, and those in which it was. A descriptor, closed on exec, or -1 with errno.
int scaleup_open_counter(enum scaleup_counter counter, pid_t process);

#pragma clang assume_nonnull end

#endif
