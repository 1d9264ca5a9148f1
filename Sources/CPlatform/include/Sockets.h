#ifndef SCALEUP_SOCKETS_H
#define SCALEUP_SOCKETS_H

// Sockets over TCP and between processes.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

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

#pragma clang assume_nonnull end

#endif
