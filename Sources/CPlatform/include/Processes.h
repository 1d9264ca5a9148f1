#ifndef SCALEUP_PROCESSES_H
#define SCALEUP_PROCESSES_H

// Processes: forks, programs, exit statuses and CPU times.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Gets the CPU time of a process with all threads that it has had, in nanoseconds, and that of its children that it has reaped:
/// 0 if only another call reports that. Returns 0, or -1 if there is no such process.
int scaleup_time_of_process(pid_t process, uint64_t *time, uint64_t *children);

/// Copies the identifiers of the children of a process, at most `capacity`. Returns their number, or -1 if only /proc reports them.
int scaleup_children(pid_t process, pid_t *children, int capacity);

bool scaleup_exited(int status);
int scaleup_exit_status(int status);
bool scaleup_signaled(int status);
int scaleup_term_signal(int status);

/// Keeps ended children until they are reaped. If SIGCHLD is ignored, the kernel reaps them itself: their exit
/// status is lost, and other processes get their identifiers.
void scaleup_keep_ended_children(void);

/// Returns 1 if a child has ended, 0 if it has not, or -1 with errno. Does not reap it: until then no other
/// process or group gets its identifier.
int scaleup_has_ended(pid_t child);

/// Calls `wait4(2)` for a child. No guardian of this process kills processes with its identifier afterwards.
pid_t scaleup_reap(pid_t child, int *status, struct rusage *usage);

/// Calls `fork(2)`. If the parent ends first, so does the child: on Linux the kernel kills it, elsewhere
/// `scaleup_fork_watching` is called. On Darwin the child then prefers fast cores. Signals that the parent forwards do nothing in
/// the child, until it forwards them itself.
pid_t scaleup_fork(void);

/// Calls `fork(2)`, and lets the child exit within a second after its parent has ended. A timer of the child checks that
/// each second: it takes SIGALRM and its interval timer (`alarm`, `setitimer`), and interrupts system calls.
pid_t scaleup_fork_watching(void);

/// A program to execute in a child process.
struct scaleup_program {
  const char *path;
  /// The arguments with the program's name first, and the environment, each followed by NULL.
  char *_Nullable const *_Nonnull arguments;
  char *_Nullable const *_Nonnull environment;
  /// The working directory; NULL for that of this process. A relative path of the program begins there.
  const char *_Nullable directory;
  /// The descriptors of its standard streams; -1 is the null device.
  int input;
  int output;
  int error;
  /// The CPUs that it may use; none sets no limit.
  const int *_Nullable cpus;
  int cpu_count;
  /// Whether it leads a session of its own, which has no terminal.
  bool leads_session;
};

/// Executes a program in a child process that leads its own process group, with default signal handling. On Linux the kernel
/// kills the child when the calling thread exits; elsewhere `scaleup_spawn_guarded` is called. Returns 0 or an error number.
int scaleup_spawn(pid_t *child, const struct scaleup_program *program);

/// Does the same for systems without a signal at a parent's death. Before the first child, this process forks a guardian,
/// which waits until this process has ended and then kills the groups of all children that were not reaped
/// (`scaleup_reap`). The guardian cannot notice the end while a copy of this process lives that was forked later.
int scaleup_spawn_guarded(pid_t *child, const struct scaleup_program *program);

/// Makes the descendants of this process whose parents have ended its children. Returns 0, or -1 if the system cannot do that.
int scaleup_adopt_orphans(void);

/// Returns a child that has ended and was not reaped, 0 if there is none but others run, or -1 if there are no children.
pid_t scaleup_any_ended_child(void);

/// Returns the process that kills the children of this process after its end (`scaleup_spawn_guarded`); 0 if there is none.
pid_t scaleup_guardian(void);

/// Returns the variables of this process's environment, `NAME=value` each, followed by NULL; NULL if it has none.
char *_Nullable *_Nullable scaleup_environment(void);

/// Writes the zero-terminated path of this process's executable to `buffer`. Returns 0, or -1.
int scaleup_executable_path(char *buffer, uint32_t size);

#pragma clang assume_nonnull end

#endif
