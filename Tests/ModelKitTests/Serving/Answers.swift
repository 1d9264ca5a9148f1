import HTTP
import Testing

@testable import ModelKit

/// A connection without a socket: what a service answers to bytes.
struct Conversation {
  let worker: ServiceWorker
  private var exchange: Exchange

  init(model: String = "single", workers: Int = 1) throws {
    let arguments = ServiceArguments(
      address: "127.0.0.1", port: 0, workers: workers, accepting: .shared, grace: 1_000_000_000, share: nil,
      startUp: 0, isJSON: true)
    worker = ServiceWorker(0, of: try Service(model: model, arguments), hasOwnCPUTime: true)
    exchange = Exchange(now: worker.now)
  }

  /// The event that it waits for.
  var next: Exchange.Next { exchange.next }
  /// Whether no request has begun.
  var isIdle: Bool { exchange.isIdle }
  /// The time that is left for the client.
  var timeLeft: UInt64 { exchange.deadline - worker.now }

  /// Sends bytes in one piece.
  mutating func send(_ bytes: some Collection<UInt8>) {
    Array(bytes).withUnsafeBytes { exchange.receive($0, as: worker) }
  }

  /// Sends text in one piece.
  mutating func send(_ text: String) {
    send(text.utf8)
  }

  /// Ends the wait of a request.
  mutating func finishWait() {
    exchange.finishWait(as: worker)
  }

  /// Ends the time that the client has.
  mutating func expire() {
    exchange.expire(as: worker)
  }

  /// Ends the connection.
  mutating func abandon() {
    exchange.abandon(as: worker)
  }

  /// The bytes that were answered since the last call, without the header Date.
  mutating func takeText() -> String {
    defer { worker.output.removeAll() }
    let lines = String(decoding: worker.output, as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    return lines.filter { !$0.hasPrefix("Date: ") }.joined(separator: "\r\n")
  }

  /// The status and the body of each answer since the last call.
  mutating func takeAnswers(to method: HTTP.Method = .get) -> [Answer] {
    defer { worker.output.removeAll() }
    var (answers, rest): ([Answer], ArraySlice<UInt8>) = ([], worker.output[...])
    var parser = ResponseParser(header: "X-Worker", keepsBody: true)
    while !rest.isEmpty {
      guard
        case .response(let response, let consumed) = parser.parse(Array(rest).span.bytes, answering: method)
      else {
        Issue.record("not an answer: \(String(decoding: rest, as: UTF8.self))")
        return answers
      }
      #expect(response.header == "0/\(ThisProcess.identifier)")
      answers.append(
        Answer(
          status: response.status.rawValue, body: String(decoding: parser.bodyBytes, as: UTF8.self),
          keepsAlive: response.keepsAlive))
      rest = rest.dropFirst(consumed)
    }
    return answers
  }
}

/// An answer of a service.
struct Answer: Equatable {
  let status: Int
  let body: String
  var keepsAlive = true
}
