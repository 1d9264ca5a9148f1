import ModelKit
import Synchronization

/// The service of threads: one per connection. It blocks until the client sends something, and until the client has taken what
/// is sent, as programs did before event loops.
///
/// There are as many threads as connections. The number of workers is that of the CPUs on which they may run; an answer names
/// the worker to which its connection was counted.
extension Threads {
  static func serve(_ service: Service) throws {
    try service.bindToWorkers()
    let listener = try service.listen()
    let connections = ThreadConnections(service)
    try service.startPart { try accept(from: listener, connections) }
    try service.announce(port: listener.port)
    try service.supervise(parts: 1)
  }

  /// Accepts connections until the service drains, each for a thread of its own, and waits for the threads.
  private static func accept(from listener: Listener, _ connections: ThreadConnections) throws {
    let service = connections.service
    while !service.isDraining {
      let ready = try poll([service.drainSignal, listener.descriptor])
      if ready.contains(1) { acceptAll(from: listener, connections) }
    }
    listener.holdOff()
    Clock.sleep(until: Clock.monotonic.now() + Service.pause)
    acceptAll(from: listener, connections)
    listener.stop()
    connections.drain()
  }

  private static func acceptAll(from listener: Listener, _ connections: ThreadConnections) {
    do {
      while let connection = try listener.accept() { try connections.start(connection) }
    } catch {
      // No descriptor or thread is left. The connections that wait are tried again when one may have ended.
      Clock.sleep(until: Clock.monotonic.now() + Service.pause)
    }
  }
}
