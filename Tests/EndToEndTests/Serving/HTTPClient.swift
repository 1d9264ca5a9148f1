import Foundation
import Platform

/// A client's connection to a service, on which a test sends what it likes, byte for byte.
final class HTTPClient {
  let descriptor: Descriptor
  private var received: [UInt8] = []
  private var hasEnded = false

  /// The failure, with the bytes that were received before.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The longest time to wait, which only ends a test that would hang.
  static let limit: UInt64 = 60_000_000_000

  /// Connects; `nil` if the connection is refused.
  ///
  /// - Parameter patience: The time after which to give up.
  init?(port: Int, address: String = "127.0.0.1", patience: UInt64 = limit) throws {
    descriptor = try Descriptor.connecting(to: address, port: port)
    guard descriptor.waitUntilWritable(atMost: patience) else {
      throw Failure(description: "not connected")
    }
    switch descriptor.connectionError() {
    case 0: break
    case ECONNREFUSED: return nil
    case let code: throw SystemError(operation: "connect", code: code)
    }
  }

  /// Sends text in as few pieces as the system takes.
  func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  /// Sends bytes in as few pieces as the system takes.
  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      switch rest.withUnsafeBytes({ descriptor.send($0) }) {
      case .bytes(let count): rest = rest.dropFirst(count)
      case .ended(let code): throw Failure(description: "cannot send (errno \(code)), received: \(text)")
      case .wouldBlock:
        guard descriptor.waitUntilWritable(atMost: Self.limit) else {
          throw Failure(description: "cannot send: the service receives nothing")
        }
      }
    }
  }

  /// Sends as much as is taken until nothing is taken for a time in nanoseconds, and returns how much that was.
  func sendUntilFull(_ bytes: [UInt8], patience: UInt64, atMost limit: Int) -> Int {
    var sent = 0
    while sent < limit {
      switch bytes[(sent % bytes.count)...].withUnsafeBytes({ descriptor.send($0) }) {
      case .bytes(let count): sent += count
      case .ended: return sent
      case .wouldBlock: if !descriptor.waitUntilWritable(atMost: patience) { return sent }
      }
    }
    return sent
  }

  /// Sends a request of its own for a path.
  func request(_ path: String, method: String = "GET", headers: String = "") throws {
    try send(Self.text(path, method: method, headers: headers))
  }

  /// A request for a path.
  static func text(_ path: String, method: String = "GET", headers: String = "") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: test\r\n\(headers)\r\n"
  }

  /// Sends a request, and returns its answer.
  func get(_ path: String, method: String = "GET", headers: String = "") throws -> HTTPAnswer {
    try request(path, method: method, headers: headers)
    return try answer(to: method)
  }

  /// Waits for the next answer.
  func answer(to method: String = "GET") throws -> HTTPAnswer {
    let end = Array("\r\n\r\n".utf8)
    var headEnd = received.firstRange(of: end)
    while headEnd == nil {
      if try !receive() { throw Failure(description: "no answer, but the end after: \(text)") }
      headEnd = received.firstRange(of: end)
    }
    let head = String(decoding: received[..<(headEnd?.lowerBound ?? 0)], as: UTF8.self)
    received.removeFirst(headEnd?.upperBound ?? 0)
    var answer = try HTTPAnswer(head: head)
    let length = method == "HEAD" || answer.status == 100 ? 0 : Int(answer["Content-Length"] ?? "") ?? 0
    while received.count < length {
      if try !receive() { throw Failure(description: "an incomplete body: \(text)") }
    }
    answer.body = String(decoding: received[..<length], as: UTF8.self)
    received.removeFirst(length)
    return answer
  }

  /// Waits for the end of the connection, ends it too, and returns what comes until then.
  func rest() throws -> String {
    while try receive() {}
    end()
    return text
  }

  /// Sends no more, as a client does whose connection is to be closed.
  func end() {
    descriptor.endSending()
  }

  /// Whether something has come, or the connection has ended.
  var hasMore: Bool {
    get throws { try !received.isEmpty || !poll([descriptor], for: 0).isEmpty }
  }

  /// The text that was received and is in no answer yet.
  private var text: String { String(decoding: received, as: UTF8.self) }

  /// Waits for more bytes. Returns `false` at the end.
  private func receive() throws -> Bool {
    if hasEnded { return false }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      if try poll([descriptor], for: Self.limit).isEmpty {
        throw Failure(description: "nothing more, after: \(text)")
      }
      switch descriptor.receive(into: buffer) {
      case .bytes(let count):
        received += buffer[..<count]
        return true
      case .wouldBlock: continue
      case .ended(0):
        hasEnded = true
        return false
      case .ended(let code): throw Failure(description: "reset (errno \(code)) after: \(text)")
      }
    }
  }

  /// Closes the connection so that its peer sees an error and not its end.
  func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor.number, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
  }
}

/// An answer of a service.
struct HTTPAnswer {
  let status: Int
  let headers: [(name: String, value: String)]
  var body = ""

  init(head: String) throws {
    let lines = head.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count == 3, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw HTTPClient.Failure(description: "not an answer: \(head)")
    }
    self.status = status
    headers = lines.dropFirst().map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (String(line[..<colon]), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
    }
  }

  /// The value of a header; `nil` if there is none or more than one.
  subscript(name: String) -> String? {
    let values = headers.filter { $0.name == name }
    return values.count == 1 ? values[0].value : nil
  }

  /// The process that answered.
  var process: Int32? { self["X-Worker"]?.split(separator: "/").last.flatMap { Int32($0) } }
  /// The number of the worker that answered.
  var worker: Int? { self["X-Worker"]?.split(separator: "/").first.flatMap { Int($0) } }
  /// Whether the connection ends after the answer.
  var closes: Bool { self["Connection"] == "close" }
}
