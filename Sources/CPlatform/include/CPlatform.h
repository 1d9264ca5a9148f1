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
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

// The following is what Swift cannot import: macros, variadic functions, GNU extensions, and `fork` on
// Darwin.

#pragma clang assume_nonnull begin

int scaleup_errno(void);

// Clocks in nanoseconds. On Darwin, their identifiers are enumerations that Swift cannot pass to clock_gettime.

/// Returns the time since an arbitrary fixed moment.
uint64_t scaleup_monotonic_time(void);

/// Returns the CPU time of the calling thread.
uint64_t scaleup_thread_cpu_time(void);

/// Returns the CPU time of this process, without its children.
uint64_t scaleup_process_cpu_time(void);

/// Gets the CPU time of a process with all threads that it has had, in nanoseconds, and that of its children that it has reaped:
/// 0 if only another call reports that. Returns 0, or -1 if there is no such process.
int scaleup_time_of_process(pid_t process, uint64_t *time, uint64_t *children);

/// Copies the identifiers of the children of a process, at most `capacity`. Returns their number, or -1 if only /proc reports them.
int scaleup_children(pid_t process, pid_t *children, int capacity);

bool scaleup_exited(int status);
int scaleup_exit_status(int status);
bool scaleup_signaled(int status);
int scaleup_term_signal(int status);

/// Returns the name of a signal without SIG, such as "KILL"; NULL if the system has no name for it.
const char *_Nullable scaleup_signal_name(int signal);

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

/// Sets whether a write to a pipe without readers fails with EPIPE instead of killing the process.
void scaleup_ignore_broken_pipes(bool ignored);

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

/// Returns the monotonic time at which the signal that a child had ended came, in nanoseconds; 0 if it is unknown, because
/// SIGCHLD is not forwarded or the ends of several children came at once.
uint64_t scaleup_end_time(pid_t child);

/// Makes the descendants of this process whose parents have ended its children. Returns 0, or -1 if the system cannot do that.
int scaleup_adopt_orphans(void);

/// Returns a child that has ended and was not reaped, 0 if there is none but others run, or -1 if there are no children.
pid_t scaleup_any_ended_child(void);

/// Returns the process that kills the children of this process after its end (`scaleup_spawn_guarded`); 0 if there is none.
pid_t scaleup_guardian(void);

/// Returns the variables of this process's environment, `NAME=value` each, followed by NULL; NULL if it has none.
char *_Nullable *_Nullable scaleup_environment(void);

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

/// Checks that a block of memory can be allocated: maps and unmaps it. Returns 0 or an error number.
int scaleup_try_memory(size_t bytes);

/// Asks for large pages in memory that nobody has touched yet, where the system has them.
void scaleup_prefer_large_pages(void *start, size_t bytes);

/// Creates a pipe whose two ends (reading, writing) are closed on exec and are above the descriptors of the
/// standard streams. Returns 0, or -1 with errno.
int scaleup_pipe(int *ends);

/// Returns the core that the calling thread runs on, or -1 if the system does not report it.
int scaleup_current_core(void);

/// Asks for the calling thread to run on fast cores: on Darwin for the user-interactive quality of service, whose threads
/// get performance cores first. Does nothing elsewhere.
void scaleup_prefer_fast_cores(void);

/// Copies a value of the kernel's by its name (`sysctlbyname(3)`), such as "hw.memsize". Returns its size in bytes; -1 if
/// there is no such value, if it is larger than the buffer, or if the system is not Darwin.
ssize_t scaleup_system_value(const char *name, void *buffer, size_t size);

/// Copies the time of every CPU since the machine started, in ticks (`_SC_CLK_TCK` per second): four counters per CPU that
/// wrap around, for user mode, the kernel, idling, and niced user mode. Returns the number of CPUs, of which at most
/// `capacity` are copied; -1 if the system is not Darwin.
int scaleup_core_ticks(uint32_t *ticks, int capacity);

/// Returns the thermal pressure: 0 nominal, 1 moderate, 2 heavy, 3 trapping, 4 sleeping; -1 if the system does not report
/// it.
int scaleup_thermal_pressure(void);

/// Returns the number of CPUs in this process's affinity mask, or -1 if the system has none.
int scaleup_affinity_count(void);

/// Restricts the calling thread to some CPUs. Returns 0, or -1 with errno.
int scaleup_bind_thread(const int *cpus, int count);

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

/// Writes the zero-terminated path of this process's executable to `buffer`. Returns 0, or -1.
int scaleup_executable_path(char *buffer, uint32_t size);

/// Gets the size of a terminal; 80 by 24 if it does not report one. Returns 0, or -1 if the descriptor is not
/// a terminal.
int scaleup_terminal_size(int descriptor, int *columns, int *rows);

/// Raises the soft limit on open descriptors to `wanted` if it is lower, as far as the hard limit allows.
/// Returns the new limit, or 0 if the system does not report it.
uint64_t scaleup_raise_descriptor_limit(uint64_t wanted);

/// Returns whether a text is a numeric IPv4 or IPv6 address.
bool scaleup_is_address(const char *text);

/// Opens a nonblocking listener on a numeric IPv4 or IPv6 address; port 0 lets the system choose. With `shares_port`, several
/// listeners of one user can have the port, and the system distributes connections among them. Returns a descriptor, or -1
/// with errno, which is EINVAL if the address is malformed.
int scaleup_listen(const char *host, uint16_t port, int backlog, bool shares_port);

/// Returns the local port of a socket, or -1 with errno.
int scaleup_local_port(int descriptor);

/// Writes the numeric address of a connection's peer as text. Returns 0, or -1 with errno.
int scaleup_peer_address(int descriptor, char *text, size_t size);

/// Accepts a connection, which is nonblocking and sends without delay. Returns a descriptor, or -1 with errno.
int scaleup_accept(int listener);

/// Makes reads from a connection wait for its peer, at most so long, after which they fail with EAGAIN. Returns 0, or -1 with
/// errno.
int scaleup_receive_waiting(int descriptor, int64_t nanoseconds);

/// Begins to connect to a numeric address. The socket becomes writable when it is connected or has failed. Returns a
/// descriptor, or -1 with errno.
int scaleup_connect(const char *host, uint16_t port);

/// Connects to a Unix stream socket, which never waits: EAGAIN if the backlog of its listener is full. Returns a descriptor, or
/// -1 with errno, which is ENAMETOOLONG if the path does not fit in an address.
int scaleup_connect_path(const char *path);

/// Looks up the name of a host, which can take seconds, and writes its first address to `address`. Returns NULL, or the reason
/// for which there is none.
const char *_Nullable scaleup_look_up(const char *host, char *address, size_t size);

/// Returns the pending error of a socket and clears it; 0 if there is none.
int scaleup_socket_error(int descriptor);

/// Calls `recv(2)`, which waits only if it should and the socket is not nonblocking.
ssize_t scaleup_receive(int descriptor, void *bytes, size_t count, bool waits);

/// Calls `send(2)`, which never waits. A peer that is gone is an error (EPIPE), not a signal.
ssize_t scaleup_send(int descriptor, const void *bytes, size_t count);

/// Lets a listener drop the requests for new connections: nobody can connect any more, and nobody is refused yet. Does nothing
/// if the system cannot do that.
void scaleup_hold_off(int listener);

/// Calls `shutdown(2)` with 0 (what is received), 1 (what is sent) or 2 (both). Returns 0, or -1 with errno.
int scaleup_shut_down(int descriptor, int direction);

/// Makes closing a connection a reset. Returns 0, or -1 with errno.
int scaleup_reset_on_close(int descriptor);

/// Creates two connected nonblocking sockets that pass descriptors between processes. Returns 0, or -1 with errno.
int scaleup_socket_pair(int *ends);

/// Sends a copy of a descriptor to another process. Returns 0, or -1 with errno.
int scaleup_pass_descriptor(int channel, int descriptor);

/// Receives a descriptor. Returns it, or -1 with errno, which is EPIPE if the other end is closed.
int scaleup_receive_descriptor(int channel);

/// The most events that one call of `scaleup_events_wait` returns.
#define SCALEUP_MOST_EVENTS 256

/// The events for which a descriptor is watched.
enum scaleup_interest {
  SCALEUP_READABLE = 1,
  SCALEUP_WRITABLE = 2,
  /// Readable, for a listener that several processes watch: Linux then does not wake all of them for one connection.
  SCALEUP_SHARED = 4,
};

/// The events for which a watched descriptor is ready. After an error or the peer's end it is ready for both.
struct scaleup_event {
  uint64_t token;
  bool readable;
  bool writable;
};

/// Creates a queue of events: epoll on Linux, kqueue elsewhere. Returns a descriptor, or -1 with errno.
int scaleup_events_create(void);

/// Watches a descriptor, as long as it is open, for what is in `interest`, a sum of `scaleup_interest`. An event is reported
/// as long as it lasts. Returns 0, or -1 with errno.
int scaleup_events_watch(int events, int descriptor, uint64_t token, int interest);

/// Changes what a descriptor is watched for. Returns 0, or -1 with errno.
int scaleup_events_change(int events, int descriptor, uint64_t token, int interest);

/// Stops watching a descriptor. Returns 0, or -1 with errno.
int scaleup_events_unwatch(int events, int descriptor);

/// Waits for events, at most so many nanoseconds; a negative number waits forever. Returns their number, or -1 with errno.
int scaleup_events_wait(int events, struct scaleup_event *ready, int capacity, int64_t nanoseconds);

/// Makes timeouts of the calling thread end when they are due, not up to 50 µs later, which lets Linux save energy.
void scaleup_make_timeouts_exact(void);

/// Returns zeroed memory that this process shares with those that it forks later, until the last of them ends; NULL with errno.
void *_Nullable scaleup_shared_memory(size_t bytes);

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

/// An event that can be counted.
enum scaleup_counter {
  /// CPU cycles in user mode.
  SCALEUP_CYCLES,
  /// Instructions completed in user mode.
  SCALEUP_INSTRUCTIONS,
  /// Migrations from one core to another.
  SCALEUP_MIGRATIONS,
  /// Context switches.
  SCALEUP_CONTEXT_SWITCHES,
  /// Nanoseconds spent running on a core.
  SCALEUP_TASK_CLOCK,
};

/// Starts counting for a process with one thread, and for all threads and processes that it creates from now
/// on; 0 means the calling thread. Three 64-bit numbers can be read from the descriptor: the count, the
/// nanoseconds during which the counter was enabled, and those during which it ran. Returns a descriptor,
/// closed on exec and above those of the standard streams, or -1 with errno.
int scaleup_open_counter(enum scaleup_counter counter, pid_t process);

#pragma clang assume_nonnull end

#endif
