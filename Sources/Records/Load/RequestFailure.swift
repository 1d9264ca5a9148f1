/// The kinds of failed requests. The raw values are the keys of a record.
public enum RequestFailure: String, CaseIterable, CodingKey, Sendable {
  /// The server refused the connection.
  case connectionRefused
  /// The answer, or the connection, took longer than the timeout.
  case timeout
  /// The server reset the connection.
  case connectionReset
  /// The server closed the connection before the answer was complete.
  case closedEarly
  /// The answer had another status than 200.
  case badStatus
  /// The body of the answer was wrong.
  case wrongAnswer
  /// The answer was not HTTP.
  case malformed
  /// The answer exceeded a limit of the generator.
  case tooLarge
  /// The generator could not send the request, because it had no free port or descriptor.
  case localLimit
}

/// The numbers of failed requests by kind. In JSON, kinds without failures are absent.
public struct ErrorCounts: Equatable, Sendable {
  /// The counts that are not 0.
  private var counts: [RequestFailure: UInt64] = [:]

  /// Creates counts of 0.
  public init() {}

  /// The number of failed requests of a kind.
  public subscript(kind: RequestFailure) -> UInt64 {
    get { counts[kind] ?? 0 }
    set { counts[kind] = newValue == 0 ? nil : newValue }
  }

  /// The number of all failed requests; `UInt64.max` if it has more than 64 bits.
  public var total: UInt64 {
    counts.values.reduce(0) { sum, count in
      let (total, overflow) = sum.addingReportingOverflow(count)
      return overflow ? .max : total
    }
  }

  /// Adds the failed requests of another worker.
  public mutating func merge(_ other: Self) {
    for (kind, count) in other.counts { self[kind] += count }
  }
}

extension ErrorCounts: Codable {
  /// Reads the counts; an absent kind has none.
  public init(from decoder: any Decoder) throws {
    self.init()
    let container = try decoder.container(keyedBy: RequestFailure.self)
    for kind in RequestFailure.allCases {
      self[kind] = try container.decodeIfPresent(UInt64.self, forKey: kind) ?? 0
    }
  }

  /// Writes the counts that are not 0.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: RequestFailure.self)
    for kind in RequestFailure.allCases where self[kind] > 0 {
      try container.encode(self[kind], forKey: kind)
    }
  }
}
