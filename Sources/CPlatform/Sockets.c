#define _GNU_SOURCE
#include "CPlatform.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#if defined(__linux__)
#include <linux/filter.h>
#endif

union address {
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
};

// Parses a numeric address. Returns its length, or 0 if it is none.
static socklen_t parse(const char *text, uint16_t port, union address *address) {
  memset(address, 0, sizeof *address);
  if (inet_pton(AF_INET, text, &address->v4.sin_addr) == 1) {
    address->v4.sin_family = AF_INET;
    address->v4.sin_port = htons(port);
    return sizeof address->v4;
  }
  if (inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1) {
    address->v6.sin6_family = AF_INET6;
    address->v6.sin6_port = htons(port);
    return sizeof address->v6;
  }
  return 0;
}

bool scaleup_is_address(const char *text) {
  union address address;
  return parse(text, 0, &address) != 0;
}

// Closes a descriptor after a failure, and keeps its errno. Returns -1.
static int give_up(int descriptor) {
  int code = errno;
  if (descriptor != -1) close(descriptor);
  errno = code;
  return -1;
}

// Makes a socket nonblocking and closed on exec, with a number above those of the standard streams.
static int prepared(int descriptor) {
  if (descriptor == -1) return -1;
  if (descriptor <= 2) {
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    give_up(descriptor);
    if (moved == -1) return -1;
    descriptor = moved;
  }
  if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) == -1 || scaleup_set_nonblocking(descriptor) == -1) return give_up(descriptor);
  int one = 1;
  // An answer leaves at once; it does not wait for more that could be sent with it.
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
#if defined(SO_NOSIGPIPE)
  setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, sizeof one);
#endif
  return descriptor;
}

// Opens a socket for a numeric address, which it parses. Returns a descriptor, or -1 with errno.
static int open_socket(const char *host, uint16_t port, union address *address, socklen_t *size) {
  *size = parse(host, port, address);
  if (*size == 0) {
    errno = EINVAL;
    return -1;
  }
  return prepared(socket(address->any.sa_family, SOCK_STREAM, 0));
}

int scaleup_listen(const char *host, uint16_t port, int backlog, bool shares_port) {
  union address address;
  socklen_t size;
  int listener = open_socket(host, port, &address, &size);
  if (listener == -1) return -1;
  int one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (shares_port && setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) == -1) return give_up(listener);
  if (bind(listener, &address.any, size) == -1 || listen(listener, backlog) == -1) return give_up(listener);
  return listener;
}

void scaleup_hold_off(int listener) {
#if defined(SO_ATTACH_FILTER)
  // The flags are the byte 13 of a TCP header (RFC 9293, section 3.1), and 2 is SYN.
  struct sock_filter drop_requests[] = {
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 2, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
  };
  struct sock_fprog program = {sizeof drop_requests / sizeof *drop_requests, drop_requests};
  setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
#else
  (void)listener;
#endif
}

int scaleup_local_port(int descriptor) {
  union address address;
  socklen_t size = sizeof address;
  if (getsockname(descriptor, &address.any, &size) == -1) return -1;
  return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

int scaleup_peer_address(int descriptor, char *text, size_t size) {
  union address address;
  socklen_t length = sizeof address;
  if (getpeername(descriptor, &address.any, &length) == -1) return -1;
  bool is_v6 = address.any.sa_family == AF_INET6;
  const void *number = is_v6 ? (const void *)&address.v6.sin6_addr : (const void *)&address.v4.sin_addr;
  return inet_ntop(is_v6 ? AF_INET6 : AF_INET, number, text, (socklen_t)size) == NULL ? -1 : 0;
}

int scaleup_accept(int listener) {
#if defined(__linux__)
  int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor > 2) {
    int one = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return descriptor;
  }
  return prepared(descriptor);
#else
  return prepared(accept(listener, NULL, NULL));
#endif
}

int scaleup_receive_waiting(int descriptor, int64_t nanoseconds) {
  struct timeval limit = {nanoseconds / 1000000000, nanoseconds % 1000000000 / 1000};
  if (limit.tv_sec == 0 && limit.tv_usec == 0) limit.tv_usec = 1;
  int flags = fcntl(descriptor, F_GETFL);
  if (flags == -1 || fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) == -1) return -1;
  return setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

int scaleup_connect(const char *host, uint16_t port) {
  union address address;
  socklen_t size;
  int descriptor = open_socket(host, port, &address, &size);
  if (descriptor == -1) return -1;
  if (connect(descriptor, &address.any, size) == -1 && errno != EINPROGRESS) return give_up(descriptor);
  return descriptor;
}

int scaleup_connect_path(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address.sun_path, path);
  int descriptor = prepared(socket(AF_UNIX, SOCK_STREAM, 0));
  if (descriptor == -1) return -1;
  if (connect(descriptor, (struct sockaddr *)&address, sizeof address) == -1) return give_up(descriptor);
  return descriptor;
}

const char *scaleup_look_up(const char *host, char *address, size_t size) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
  struct addrinfo *list;
  int code = getaddrinfo(host, NULL, &hints, &list);
  if (code != 0) return gai_strerror(code);
  code = getnameinfo(list->ai_addr, list->ai_addrlen, address, (socklen_t)size, NULL, 0, NI_NUMERICHOST);
  freeaddrinfo(list);
  return code == 0 ? NULL : gai_strerror(code);
}

int scaleup_socket_error(int descriptor) {
  int code = 0;
  socklen_t size = sizeof code;
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == -1 ? errno : code;
}

ssize_t scaleup_receive(int descriptor, void *bytes, size_t count, bool waits) {
  return recv(descriptor, bytes, count, waits ? 0 : MSG_DONTWAIT);
}

ssize_t scaleup_send(int descriptor, const void *bytes, size_t count) {
#if defined(MSG_NOSIGNAL)
  return send(descriptor, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
#else
  return send(descriptor, bytes, count, MSG_DONTWAIT);
#endif
}

int scaleup_shut_down(int descriptor, int direction) {
  static const int directions[] = {SHUT_RD, SHUT_WR, SHUT_RDWR};
  return shutdown(descriptor, directions[direction]);
}

int scaleup_reset_on_close(int descriptor) {
  struct linger linger = {.l_onoff = 1, .l_linger = 0};
  return setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

int scaleup_socket_pair(int *ends) {
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1) return -1;
  for (int end = 0; end < 2; end++) {
    ends[end] = prepared(ends[end]);
    if (ends[end] == -1) {
      if (end == 1) close(ends[0]);
      return -1;
    }
  }
  return 0;
}

int scaleup_pass_descriptor(int channel, int descriptor) {
  char byte = 0, space[CMSG_SPACE(sizeof descriptor)] = {0};
  struct iovec content = {&byte, 1};
  struct msghdr message = {.msg_iov = &content, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
#if defined(MSG_NOSIGNAL)
  return sendmsg(channel, &message, MSG_NOSIGNAL) == 1 ? 0 : -1;
#else
  return sendmsg(channel, &message, 0) == 1 ? 0 : -1;
#endif
}

int scaleup_receive_descriptor(int channel) {
  int descriptor = -1;
  char byte = 0, space[CMSG_SPACE(sizeof descriptor)] = {0};
  struct iovec content = {&byte, 1};
  struct msghdr message = {.msg_iov = &content, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  ssize_t count = recvmsg(channel, &message, 0);
  if (count == 0) errno = EPIPE;
  if (count != 1) return -1;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
    errno = EBADMSG;
    return -1;
  }
  memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
  return prepared(descriptor);
}
