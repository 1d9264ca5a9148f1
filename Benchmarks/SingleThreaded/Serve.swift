import ModelKit

/// The service of one event loop: a single thread that serves every connection.
///
/// While it computes one answer, all other connections wait; `/wait/1000?blocking` shows it. The program has a second thread,
/// which only waits for the signal to end.
extension SingleThreaded {
  static func serve(_ service: Service) throws {
    let listener = try service.listen()
    try service.startPart {
      try EventLoop(0, of: service, from: .listener(listener, isShared: false)).run()
    }
    try service.announce(port: listener.port)
    try service.supervise(parts: 1)
  }
}
