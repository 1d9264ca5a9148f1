import HTTP

/// The work that a path asks of a service.
enum Route: Equatable {
  /// `/`: the routes.
  case index
  /// `/healthcheck`.
  case health
  /// `/api/:n`: the sum 0…n.
  case sum(UInt64)
  /// `/wait/:ms`: an answer after a time; with `?blocking`, the worker does nothing else meanwhile.
  case wait(milliseconds: UInt64, isBlocking: Bool)
  /// `/metrics`.
  case metrics
  /// An error, with one line that says what is wrong.
  case failure(Status, String)

  /// The greatest n of `/api/:n`.
  static let mostNumber: UInt64 = 5_000_000_000
  /// The longest wait, in milliseconds.
  static let mostMilliseconds: UInt64 = 60_000

  /// Finds the route of a request.
  ///
  /// - Parameter bytes: The bytes that were parsed.
  init(_ request: Request, in bytes: RawSpan) {
    guard request.method == .get || request.method == .head else {
      self = .failure(.methodNotAllowed, "method not allowed (expected GET or HEAD)")
      return
    }
    let path = bytes.extracting(request.path)
    if path.isEqual(to: "/") {
      self = .index
    } else if path.starts(with: "/api/") {
      self = Self.sum(path.extracting(5...))
    } else if path.starts(with: "/wait/") {
      let isBlocking = request.query.map { bytes.extracting($0).isEqual(to: "blocking") } ?? false
      self = Self.wait(path.extracting(6...), isBlocking)
    } else if path.isEqual(to: "/healthcheck") {
      self = .health
    } else if path.isEqual(to: "/metrics") {
      self = .metrics
    } else {
      self = .failure(.notFound, "no such path (expected /, /healthcheck, /api/:n, /wait/:ms or /metrics)")
    }
  }

  private static func sum(_ text: RawSpan) -> Route {
    if let number = number(text), number <= mostNumber { return .sum(number) }
    return .failure(
      .badRequest,
      "invalid number (expected a whole number up to \(mostNumber), such as /api/1000 or /api/1e6)")
  }

  private static func wait(_ text: RawSpan, _ isBlocking: Bool) -> Route {
    guard let milliseconds = text.wholeNumber(), milliseconds <= mostMilliseconds else {
      return .failure(
        .badRequest, "invalid time (expected milliseconds up to \(mostMilliseconds), such as /wait/100)")
    }
    return .wait(milliseconds: milliseconds, isBlocking: isBlocking)
  }

  /// Reads digits, or digits with one digit as exponent of ten: `1e6`.
  private static func number(_ text: RawSpan) -> UInt64? {
    let count = text.byteCount
    guard count > 2, text.extracting((count - 2)..<(count - 1)).isEqual(to: "e"),
      let exponent = text.extracting((count - 1)...).wholeNumber()
    else { return text.wholeNumber() }
    var number = text.extracting(..<(count - 2)).wholeNumber()
    for _ in 0..<exponent {
      number = number.flatMap {
        let (product, isTooLarge) = $0.multipliedReportingOverflow(by: 10)
        return isTooLarge ? nil : product
      }
    }
    return number
  }
}
