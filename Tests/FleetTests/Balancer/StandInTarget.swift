import Platform
import Synchronization

/// A target of a balancer that a test scripts: a thread per connection, each of which may wait.
///
/// It answers health checks by itself.
final class StandInTarget: Sendable {
  /// The way in which health checks are answered.
  enum Checks: Int {
    case good, failing, silent
  }

  /// A connection, on the thread that serves it.
  final class Peer {
    let descriptor: Descriptor
    let target: StandInTarget
    private var received: [UInt8] = []
    fileprivate var isOpen = true

    fileprivate init(_ descriptor: Descriptor, _ target: StandInTarget) {
      (self.descriptor, self.target) = (descriptor, target)
    }

    /// Waits for the next head; `nil` at the end.
    fileprivate func head() -> String? {
      while isOpen {
        if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
          let head = String(decoding: received[..<end.upperBound], as: UTF8.self)
          received.removeSubrange(..<end.upperBound)
          return head
        }
        receive()
      }
      return nil
    }

    /// Waits for the next bytes of a body.
    func body(_ count: Int) -> [UInt8] {
      while received.count < count, isOpen { receive() }
      defer { received.removeFirst(min(count, received.count)) }
      return Array(received.prefix(count))
    }

    /// Waits for bytes up to the end of a text, and returns them.
    func body(upTo text: String) -> String {
      while isOpen {
        if let end = received.firstRange(of: Array(text.utf8)) {
          defer { received.removeSubrange(..<end.upperBound) }
          return String(decoding: received[..<end.upperBound], as: UTF8.self)
        }
        receive()
      }
      return ""
    }

    /// Waits for more bytes, and returns all that were received and not used; `nil` at the end.
    func next() -> [UInt8]? {
      receive()
      defer { received = [] }
      return isOpen ? received : nil
    }

    private func receive() {
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
      defer { buffer.deallocate() }
      switch descriptor.receive(into: buffer, waits: true) {
      case .bytes(let count): received += UnsafeRawBufferPointer(rebasing: buffer[..<count])
      case .wouldBlock: isOpen = !target.isStopping.load(ordering: .acquiring)
      case .ended: isOpen = false
      }
    }

    /// Sends bytes, and waits until they are taken.
    func send(_ bytes: [UInt8]) {
      var rest = bytes[...]
      while !rest.isEmpty, !target.isStopping.load(ordering: .acquiring) {
        switch rest.withUnsafeBytes({ descriptor.send($0) }) {
        case .bytes(let count): rest = rest.dropFirst(count)
        case .wouldBlock: _ = descriptor.waitUntilWritable(atMost: 50_000_000)
        case .ended: return
        }
      }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends a complete answer.
    func answer(_ body: String = "", status: String = "200 OK", headers: String = "") {
      send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }

    /// Ends the connection.
    func close() { isOpen = false }

    /// Breaks the connection.
    func reset() {
      descriptor.resetOnClose()
      isOpen = false
    }
  }

  let port: Int
  private let listener: Listener
  private let checks = Atomic<Int>(Checks.good.rawValue)
  private let isStopping = Atomic<Bool>(false)
  private let heads = Mutex<[String]>([])
  private let connections = Atomic<Int>(0)
  private let script: @Sendable (Peer, String) -> Void
  private let connectionScript: (@Sendable (Peer) -> Void)?

  /// Starts a target.
  ///
  /// - Parameter script: Answers a request, whose head is given, on the thread of its connection.
  convenience init(
    _ script: @escaping @Sendable (Peer, String) -> Void = { peer, _ in peer.answer("ok\n") }
  ) throws {
    try self.init(connectionScript: nil, script: script)
  }

  /// Starts a target that serves each whole connection by a script, health checks too.
  convenience init(servingBy connectionScript: @escaping @Sendable (Peer) -> Void) throws {
    try self.init(connectionScript: connectionScript, script: { _, _ in })
  }

  private init(
    connectionScript: (@Sendable (Peer) -> Void)?, script: @escaping @Sendable (Peer, String) -> Void
  ) throws {
    self.connectionScript = connectionScript
    listener = try Listener(address: "127.0.0.1", port: 0)
    port = listener.port
    self.script = script
    let (listener, weak) = (listener, WeakTarget(self))
    try Thread {
      while let target = weak.target, !target.isStopping.load(ordering: .acquiring) {
        guard (try? poll([listener.descriptor], for: 20_000_000))?.isEmpty == false,
          let descriptor = try? listener.accept()
        else { continue }
        try? Thread { target.serve(descriptor) }.detach()
      }
    }.detach()
  }

  /// Ends all threads, and the connections and the listener with them.
  func stop() { isStopping.store(true, ordering: .releasing) }

  func set(_ checks: Checks) { self.checks.store(checks.rawValue, ordering: .releasing) }

  /// The heads of all requests but health checks.
  var requests: [String] { heads.withLock { $0 } }
  /// The number of connections that carried a request other than a health check.
  var connectionCount: Int { connections.load(ordering: .acquiring) }

  private func serve(_ descriptor: Descriptor) {
    guard (try? descriptor.receiveWaiting(atMost: 50_000_000)) != nil else { return }
    let peer = Peer(descriptor, self)
    if let connectionScript { return connectionScript(peer) }
    var isFirst = true
    while let head = peer.head() {
      if head.hasPrefix("GET /healthcheck ") {
        switch Checks(rawValue: checks.load(ordering: .acquiring)) {
        case .failing: peer.answer("", status: "503 Service Unavailable")
        case .silent: break
        case .good, nil: peer.answer("ok\n")
        }
        continue
      }
      if isFirst { connections.add(1, ordering: .acquiringAndReleasing) }
      isFirst = false
      heads.withLock { $0.append(head) }
      script(peer, head)
    }
  }
}

/// A target that its accepting thread does not keep.
private final class WeakTarget: @unchecked Sendable {
  // Set once, before the thread starts; the runtime makes loading a weak reference safe.
  private(set) weak var target: StandInTarget?

  init(_ target: StandInTarget) { self.target = target }
}

/// A place at which a thread waits until a test opens it.
final class Gate: Sendable {
  private let isOpen = Atomic<Bool>(false)
  private let waiting = Atomic<Int>(0)

  /// The threads that have arrived.
  var arrivals: Int { waiting.load(ordering: .acquiring) }

  func open() { isOpen.store(true, ordering: .releasing) }

  /// Waits until the gate is open, at most a minute.
  func pass() {
    waiting.add(1, ordering: .acquiringAndReleasing)
    let end = Clock.monotonic.now() + 60_000_000_000
    while !isOpen.load(ordering: .acquiring), Clock.monotonic.now() < end {
      Clock.sleep(until: Clock.monotonic.now() + 1_000_000)
    }
  }
}
