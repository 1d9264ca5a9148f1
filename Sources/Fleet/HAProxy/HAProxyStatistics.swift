/// The answer to `show stat`: counters and states of the frontend and of every server.
struct HAProxyStatistics: Equatable {
  /// The responses that were counted, by the first digit of their status.
  struct Responses: Equatable {
    /// Those with a status below 500, or with none that HAProxy knows.
    var good: UInt64 = 0
    /// Those with a status from 500 to 599.
    var bad: UInt64 = 0
  }

  /// A server.
  struct Server: Equatable {
    /// Its name.
    var name: String
    /// Its state, such as `UP`, `UP 1/3` (it will go down), `DOWN 1/2` (it will come up), `DRAIN` or `MAINT`.
    var status: String
    /// The requests that it has in hand or that wait for it.
    var inFlight: Int
    /// Its responses.
    var responses: Responses
    /// The requests that it did not answer: HAProxy could not connect, or the response was invalid or broke off.
    var unanswered: UInt64
    /// The result of its last check, such as `L7OK` or `L4CON`; `INI` before the first.
    var check: String
    /// The result in words.
    var checkText: String

    /// Whether it gets requests.
    var isUp: Bool { status == "UP" || status.hasPrefix("UP ") }
    /// Whether its last check was good.
    var hasPassed: Bool { check.hasPrefix("L") && check.hasSuffix("OK") }
    /// The failure of its last check; `nil` if that was good or there was none.
    var problem: String? { check.hasPrefix("L") && !hasPassed ? checkText : nil }
  }

  /// The requests of clients.
  var requests: UInt64
  /// The responses to clients, HAProxy's own among them.
  var responses: Responses
  /// The servers.
  var servers: [Server]
}

extension HAProxyStatistics {
  /// Reads the comma-separated values, by the names of their columns.
  ///
  /// - Throws: `HAProxyError.unreadable`.
  init(_ text: String, frontend: String, backend: String) throws(HAProxyError) {
    let lines = text.split(separator: "\n")
    guard let header = lines.first, header.hasPrefix("# ") else { throw .unreadable("a header") }
    let names = Self.fields(header.dropFirst(2))
    let columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    let rows = lines.dropFirst().map { Row(columns: columns, fields: Self.fields($0)) }
    self.init(requests: 0, responses: Responses(), servers: [])
    var hasFrontend = false
    for row in rows {
      switch (try row.text("pxname"), try row.text("svname")) {
      case (frontend, "FRONTEND"):
        hasFrontend = true
        (requests, responses) = (try row.number("req_tot"), try row.responses())
      case (backend, let name) where name != "BACKEND": servers.append(try row.server(name))
      default: break
      }
    }
    if !hasFrontend { throw .unreadable("the row of \(frontend)") }
  }

  /// Splits a line. A field with a comma or a quotation mark stands in quotation marks, which are doubled in it.
  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var (isQuoted, isAfterMark) = (false, false)
    for character in line {
      switch character {
      case "\"":
        if !isQuoted, isAfterMark { fields[fields.count - 1].append(character) }
        isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
      isAfterMark = character == "\""
    }
    return fields
  }
}

/// A line of the statistics.
private struct Row {
  let columns: [String: Int]
  let fields: [String]

  func text(_ name: String) throws(HAProxyError) -> String {
    guard let column = columns[name] else { throw .unreadable("the column \(name)") }
    return column < fields.count ? fields[column] : ""
  }

  func number(_ name: String) throws(HAProxyError) -> UInt64 {
    guard let number = UInt64(try text(name)) else { throw .unreadable("a number in the column \(name)") }
    return number
  }

  func responses() throws(HAProxyError) -> HAProxyStatistics.Responses {
    var responses = HAProxyStatistics.Responses(bad: try number("hrsp_5xx"))
    for name in ["1xx", "2xx", "3xx", "4xx", "other"] { responses.good += try number("hrsp_\(name)") }
    return responses
  }

  func server(_ name: String) throws(HAProxyError) -> HAProxyStatistics.Server {
    // A check that runs is marked; the result is still the last one.
    let check = try text("check_status")
    let words = [try text("check_desc"), try text("last_chk")].filter { !$0.isEmpty }
    return HAProxyStatistics.Server(
      name: name, status: try text("status"), inFlight: Int(clamping: try number("scur") + number("qcur")),
      responses: try responses(), unanswered: try number("econ") + number("eresp"),
      check: check.hasPrefix("* ") ? String(check.dropFirst(2)) : check,
      checkText: words.joined(separator: ": "))
  }
}
