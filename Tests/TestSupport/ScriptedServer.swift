import Platform
import Synchronization

/// A small HTTP server on the loopback interface that answers, or misbehaves, as a test says. It is one thread.
public final class ScriptedServer: Sendable {
  /// The server's response to a request.
  public enum Action: Sendable {
    /// Sends bytes. The connection stays open.
    case send([UInt8])
    /// Sends bytes again and again, without end.
    case sendForever([UInt8])
    /// Sends bytes, each in a call of its own.
    case sendSlowly([UInt8])
    /// Waits, and answers no other request meanwhile.
    case freeze(nanoseconds: UInt64)
    /// Ends the connection in order.
    case close
    /// Breaks the connection with a reset.
    case reset
  }

  /// A request that arrived.
  public struct Request: Sendable {
    /// The target of the request.
    public let path: String
    /// The number of requests before it, over all connections.
    public let index: Int
    /// The number of requests before it over the same connection.
    public let indexOnConnection: Int
  }

  /// The port.
  public let port: Int
  private let stopPipe: Pipe
  private let thread: Thread

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - greeting: The bytes that are sent over each new connection before any request.
  ///   - isClosing: Whether each connection is closed as soon as it is accepted.
  ///   - script: Returns what to do with a request.
  public init(
    greeting: [UInt8] = [], isClosing: Bool = false, _ script: @escaping @Sendable (Request) -> [Action]
  ) throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let stopPipe = try Pipe()
    let counts = Counts()
    port = listener.port
    self.stopPipe = stopPipe
    self.counts = counts
    thread = try Thread {
      let loop = try? Loop(listener, stopPipe.reader, counts, greeting, isClosing, script)
      loop?.run()
    }
  }

  private let counts: Counts

  deinit {
    try? stopPipe.writer.write([0])
    thread.join()
  }

  /// The number of requests that arrived.
  public var requestCount: Int { counts.requests.load(ordering: .acquiring) }
  /// The number of connections that were accepted.
  public var connectionCount: Int { counts.connections.load(ordering: .acquiring) }

  fileprivate final class Counts: Sendable {
    let requests = Atomic<Int>(0)
    let connections = Atomic<Int>(0)
  }

  /// Returns an answer as it is sent.
  public static func answer(
    _ body: String, status: String = "200 OK", headers: [String] = [], length: Int? = nil
  ) -> [UInt8] {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(length ?? body.utf8.count)"] + headers
    return Array((lines.map { $0 + "\r\n" }.joined() + "\r\n" + body).utf8)
  }

  /// The loop of the server's thread.
  private final class Loop {
    private final class Peer {
      let descriptor: Descriptor
      var input: [UInt8] = []
      var count = 0
      var endless: [UInt8]?
      init(_ descriptor: Descriptor) { self.descriptor = descriptor }
    }

    private let listener: Listener
    private let stop: Descriptor
    private let queue: EventQueue
    private let counts: Counts
    private let greeting: [UInt8]
    private let isClosing: Bool
    private let script: @Sendable (Request) -> [Action]
    private var peers: [UInt64: Peer] = [:]
    private var nextToken: UInt64 = 2

    init(
      _ listener: Listener, _ stop: Descriptor, _ counts: Counts, _ greeting: [UInt8], _ isClosing: Bool,
      _ script: @escaping @Sendable (Request) -> [Action]
    ) throws {
      (self.listener, self.stop, self.counts) = (listener, stop, counts)
      (self.greeting, self.isClosing, self.script) = (greeting, isClosing, script)
      queue = try EventQueue()
      try queue.watch(stop, as: 0)
      try queue.watch(listener.descriptor, as: 1)
    }

    func run() {
      var isStopping = false
      while !isStopping {
        var events: [EventQueue.Event] = []
        try? queue.wait { events.append($0) }
        for event in events {
          switch event.token {
          case 0: isStopping = true
          case 1: accept()
          default: serve(event.token)
          }
        }
      }
    }

    private func accept() {
      while let descriptor = try? listener.accept() {
        _ = counts.connections.add(1, ordering: .acquiringAndReleasing)
        if isClosing { continue }
        let token = nextToken
        nextToken += 1
        let peer = Peer(descriptor)
        peers[token] = peer
        if !greeting.isEmpty { _ = greeting.withUnsafeBytes { descriptor.send($0) } }
        try? queue.watch(descriptor, as: token)
      }
    }

    /// Reads what has arrived, and does what the script says for each request.
    private func serve(_ token: UInt64) {
      guard let peer = peers[token] else { return }
      if let endless = peer.endless {
        if case .ended = endless.withUnsafeBytes({ peer.descriptor.send($0) }) { peers[token] = nil }
        return
      }
      var bytes = [UInt8](repeating: 0, count: 4096)
      switch bytes.withUnsafeMutableBytes({ peer.descriptor.receive(into: $0) }) {
      case .wouldBlock: return
      case .ended: peers[token] = nil
      case .bytes(let count): peer.input += bytes.prefix(count)
      }
      while let end = peer.input.firstRange(of: Array("\r\n\r\n".utf8)) {
        let words = String(decoding: peer.input[..<end.lowerBound], as: UTF8.self).split(separator: " ")
        peer.input.removeSubrange(..<end.upperBound)
        let index = counts.requests.add(1, ordering: .acquiringAndReleasing).oldValue
        let request = Request(
          path: words.count > 1 ? String(words[1]) : "", index: index, indexOnConnection: peer.count)
        peer.count += 1
        for action in script(request) { carryOut(action, token, peer) }
      }
    }

    private func carryOut(_ action: Action, _ token: UInt64, _ peer: Peer) {
      switch action {
      case .send(let bytes): send(bytes, peer)
      case .sendSlowly(let bytes): for byte in bytes { send([byte], peer) }
      case .freeze(let time): Clock.sleep(until: Clock.monotonic.now() + time)
      case .sendForever(let bytes):
        peer.endless = bytes
        try? queue.change(peer.descriptor, as: token, to: [.reading, .writing])
      case .close: peers[token] = nil
      case .reset:
        peer.descriptor.resetOnClose()
        peers[token] = nil
      }
    }

    private func send(_ bytes: [UInt8], _ peer: Peer) {
      var rest = bytes[...]
      while !rest.isEmpty {
        switch rest.withUnsafeBytes({ peer.descriptor.send($0) }) {
        case .bytes(let count): rest = rest.dropFirst(count)
        case .wouldBlock: break
        case .ended: return
        }
      }
    }
  }
}
