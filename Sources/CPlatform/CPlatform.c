#define _GNU_SOURCE
#include "CPlatform.h"

#include <stdatomic.h>
#include <sys/mman.h>

#if defined(__linux__)
#include <linux/perf_event.h>
#include <sys/syscall.h>
#elif defined(__APPLE__)
#include <mach-o/dyld.h>
#endif

int scaleup_errno(void) { return errno; }

bool scaleup_exited(int status) { return WIFEXITED(status); }
int scaleup_exit_status(int status) { return WEXITSTATUS(status); }
bool scaleup_signaled(int status) { return WIFSIGNALED(status); }
int scaleup_term_signal(int status) { return WTERMSIG(status); }

const char *scaleup_signal_name(int signal) {
#if defined(__APPLE__)
  return signal > 0 && signal < NSIG ? sys_signame[signal] : NULL;
#elif defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 32)
  return sigabbrev_np(signal);
#endif
#endif
  (void)signal;
  return NULL;
}

void scaleup_ignore_broken_pipes(bool ignored) { signal(SIGPIPE, ignored ? SIG_IGN : SIG_DFL); }

// Moves a new descriptor to another number if it has one of a standard stream, which was closed.
static int above_standard_streams(int descriptor) {
  if (descriptor < 0 || descriptor > 2) return descriptor;
  int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  int code = errno;
  close(descriptor);
  errno = code;
  return moved;
}

int scaleup_open(const char *path, int flags, mode_t mode) {
  return above_standard_streams(open(path, flags | O_CLOEXEC, mode));
}

int scaleup_close_copy(int descriptor) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return -1;
  // If a signal interrupts it, the copy is closed all the same.
  return close(copy) == 0 || errno == EINTR ? 0 : -1;
}

bool scaleup_is_mount_point(const char *path) {
#if defined(STATX_ATTR_MOUNT_ROOT)
  struct statx status;
  return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, 0, &status) == 0 &&
         (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
  (void)path;
  return false;
#endif
}

struct timespec scaleup_change_time(const struct stat *status) {
#if defined(__APPLE__)
  return status->st_mtimespec;
#else
  return status->st_mtim;
#endif
}

int scaleup_set_nonblocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

void scaleup_close_range(int first, int last) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, first, last, 0) == 0) return;
#endif
  scaleup_close_each(first, last);
}

void scaleup_close_each(int first, int last) {
  DIR *directory = opendir("/dev/fd");
  if (directory == NULL) {
    for (int number = first; number <= last && number < getdtablesize(); number++) close(number);
    return;
  }
  for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    char *end;
    long number = strtol(entry->d_name, &end, 10);
    if (end == entry->d_name || number < first || number > last || number == dirfd(directory)) continue;
    close((int)number);
  }
  closedir(directory);
}

int scaleup_pipe(int *ends) {
#if defined(__linux__)
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
#else
  if (pipe(ends) != 0) return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
  ends[0] = above_standard_streams(ends[0]);
  ends[1] = above_standard_streams(ends[1]);
  if (ends[0] >= 0 && ends[1] >= 0) return 0;
  int code = errno;
  if (ends[0] >= 0) close(ends[0]);
  if (ends[1] >= 0) close(ends[1]);
  errno = code;
  return -1;
}

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

// If a program is started with a standard stream closed, its next open must not take that number: output to
// standard error would go there. The placeholder rejects reads or writes, as a closed stream does.
__attribute__((constructor)) static void occupy_standard_streams(void) {
  for (int stream = 0; stream <= 2; stream++) {
    if (fcntl(stream, F_GETFD) == -1) open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
  }
}

// Makes a write past the file size limit fail, as on a full disk, instead of killing the process.
__attribute__((constructor)) static void ignore_file_size_signal(void) { signal(SIGXFSZ, SIG_IGN); }

static volatile sig_atomic_t forward_descriptor = -1;

// The last ends of children, which the signal handler notes: a process that waits for more than a child's end learns of it
// some system calls later. A signal handler may interrupt a reader, and in a program with threads run beside it.
enum { end_count = 64 };
static struct {
  _Atomic pid_t child;
  _Atomic uint64_t time;
} ends[end_count];
static _Atomic unsigned ends_noted;

static void note_end(const siginfo_t *signal) {
  if (signal->si_code != CLD_EXITED && signal->si_code != CLD_KILLED && signal->si_code != CLD_DUMPED) return;
  unsigned place = atomic_fetch_add(&ends_noted, 1) % end_count;
  ends[place].child = 0;
  ends[place].time = scaleup_monotonic_time();
  ends[place].child = signal->si_pid;
}

uint64_t scaleup_end_time(pid_t child) {
  uint64_t last = 0;
  for (int place = 0; place < end_count; place++) {
    if (ends[place].child == child && ends[place].time > last) last = ends[place].time;
  }
  return last;
}

static void forward(int number, siginfo_t *signal, void *context) {
  (void)context;
  if (number == SIGCHLD) note_end(signal);
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(forward_descriptor, &byte, 1);
  (void)ignored;
  errno = saved;
}

void scaleup_drop_signals(void) { forward_descriptor = -1; }

int scaleup_forward_signals(const int *signals, int count, int descriptor) {
  forward_descriptor = descriptor;
  struct sigaction action = {.sa_sigaction = forward, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigset_t forwarded;
  sigemptyset(&forwarded);
  for (int i = 0; i < count; i++) {
    struct sigaction current;
    if (sigaction(signals[i], NULL, &current) != 0) return -1;
    if (current.sa_handler == SIG_IGN && signals[i] != SIGCHLD) continue;
    if (sigaction(signals[i], &action, NULL) != 0) return -1;
    sigaddset(&forwarded, signals[i]);
  }
  // A parent may have started this process with signals blocked.
  return sigprocmask(SIG_UNBLOCK, &forwarded, NULL);
}

bool scaleup_restore_signals(const int *signals, int count, int descriptor) {
  if (forward_descriptor != descriptor) return false;
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) {
    struct sigaction current;
    // Signals that were ignored stay ignored.
    if (sigaction(signals[i], NULL, &current) == 0 && current.sa_sigaction == forward)
      sigaction(signals[i], &action, NULL);
  }
  return true;
}

void scaleup_stop(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, current;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &current);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &current, NULL);
}

int scaleup_executable_path(char *buffer, uint32_t size) {
#if defined(__linux__)
  ssize_t length = readlink("/proc/self/exe", buffer, size - 1);
  if (length < 0) return -1;
  buffer[length] = 0;
  return 0;
#elif defined(__APPLE__)
  return _NSGetExecutablePath(buffer, &size);
#else
  return -1;
#endif
}

int scaleup_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (!isatty(descriptor)) return -1;
  int isKnown = ioctl(descriptor, TIOCGWINSZ, &size) == 0;
  *columns = isKnown && size.ws_col > 0 ? size.ws_col : 80;
  *rows = isKnown && size.ws_row > 0 ? size.ws_row : 24;
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

int scaleup_open_counter(enum scaleup_counter counter, pid_t process) {
#if defined(__linux__)
  static const struct {
    uint32_t type;
    uint64_t event;
  } counters[] = {
      [SCALEUP_CYCLES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
      [SCALEUP_INSTRUCTIONS] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
      [SCALEUP_MIGRATIONS] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS},
      [SCALEUP_CONTEXT_SWITCHES] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES},
      [SCALEUP_TASK_CLOCK] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
  };
  struct perf_event_attr attributes = {
      .size = sizeof attributes,
      .type = counters[counter].type,
      .config = counters[counter].event,
      .inherit = 1,
      .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
      // Counting the kernel's own cycles requires privileges. Events in the kernel, such as migrations, would
      // read 0 if it were excluded.
      .exclude_kernel = counters[counter].type == PERF_TYPE_HARDWARE,
      .exclude_hv = counters[counter].type == PERF_TYPE_HARDWARE,
  };
  return above_standard_streams(
      (int)syscall(SYS_perf_event_open, &attributes, process, -1, -1, PERF_FLAG_FD_CLOEXEC));
#else
  (void)counter;
  (void)process;
  errno = ENOSYS;
  return -1;
#endif
}
