import Platform

/// The acceptance of connections.
extension Balancer {
  /// The most connections that are accepted before other events are handled.
  private static let acceptedAtOnce = 64

  func accept() {
    for _ in 0..<Self.acceptedAtOnce { if !acceptNext() { return } }
  }

  /// Accepts one connection, and returns whether there was one.
  private func acceptNext() -> Bool {
    if clients >= settings.connections {
      pauseAccepting()
      return false
    }
    do throws(SystemError) {
      guard let descriptor = try listener.accept() else { return false }
      let client = ClientConnection(descriptor, limits: settings.requestLimits, at: now)
      client.token = slots.insert(.client(client))
      clients += 1
      do throws(SystemError) {
        try queue.watch(descriptor, as: client.token)
      } catch {
        close(client)
        throw error
      }
      return true
    } catch {
      pauseAccepting()
      return false
    }
  }

  /// Takes no more connections until the next sweep: those that wait would be reported again and again.
  private func pauseAccepting() {
    queue.unwatch(listener.descriptor)
    isAccepting = false
    nextSweep = min(nextSweep, now + Self.endPause)
  }

  /// Tries again to accept connections.
  func resumeAccepting() {
    if isAccepting || clients >= settings.connections { return }
    do throws(SystemError) {
      try queue.watch(listener.descriptor, as: Self.listenerToken)
      isAccepting = true
    } catch {
      isAccepting = false
    }
  }

  /// Accepts the connections that were made before it began to end, and no more.
  func acceptLast() {
    if hasStopped { return }
    while clients < settings.connections, acceptNext() {}
    if isAccepting { queue.unwatch(listener.descriptor) }
    listener.stop()
    (isAccepting, hasStopped) = (false, true)
  }
}
