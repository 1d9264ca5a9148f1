#define _GNU_SOURCE
#include "CPlatform.h"

#include "StandardStreams.h"

#if defined(__linux__)
#include <sys/syscall.h>
#endif

int scaleup_errno(void) { return errno; }

int scaleup_above_standard_streams(int descriptor) {
  if (descriptor < 0 || descriptor > 2) return descriptor;
  int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  int code = errno;
  close(descriptor);
  errno = code;
  return moved;
}

int scaleup_open(const char *path, int flags, mode_t mode) {
  return scaleup_above_standard_streams(open(path, flags | O_CLOEXEC, mode));
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
  ends[0] = scaleup_above_standard_streams(ends[0]);
  ends[1] = scaleup_above_standard_streams(ends[1]);
  if (ends[0] >= 0 && ends[1] >= 0) return 0;
  int code = errno;
  if (ends[0] >= 0) close(ends[0]);
  if (ends[1] >= 0) close(ends[1]);
  errno = code;
  return -1;
}

// If a program is started with a standard stream closed, its next open must not take that number: output to
// standard error would go there. The placeholder rejects reads or writes, as a closed stream does.
__attribute__((constructor)) static void occupy_standard_streams(void) {
  for (int stream = 0; stream <= 2; stream++) {
    if (fcntl(stream, F_GETFD) == -1) open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
  }
}

int scaleup_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (!isatty(descriptor)) return -1;
  int isKnown = ioctl(descriptor, TIOCGWINSZ, &size) == 0;
  *columns = isKnown && size.ws_col > 0 ? size.ws_col : 80;
  *rows = isKnown && size.ws_row > 0 ? size.ws_row : 24;
  return 0;
}
