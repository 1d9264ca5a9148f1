import CPlatform

/// A moment by the clock of the calendar, in UTC, to the second.
public struct UTCTime: Equatable, Sendable {
  /// The seconds since 1970-01-01 00:00.
  public let seconds: Int

  /// Makes a moment from the seconds since 1970-01-01 00:00.
  public init(seconds: Int) {
    self.seconds = seconds
  }

  /// Returns the current moment.
  public static func now() -> UTCTime {
    UTCTime(seconds: time(nil))
  }

  /// The moment in the format of RFC 3339, such as `2026-11-28T00:36:21Z`.
  public var text: String { formatted("%Y-%m-%dT%H:%M:%SZ") }

  /// The moment without separators, for names of files: `20261128T003621Z`.
  public var compactText: String { formatted("%Y%m%dT%H%M%SZ") }

  private func formatted(_ format: String) -> String {
    var (moment, parts) = (time_t(seconds), tm())
    gmtime_r(&moment, &parts)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
      let count = strftime(text.baseAddress, text.count, format, &parts)
      return String(decoding: UnsafeRawBufferPointer(text).prefix(count), as: UTF8.self)
    }
  }
}
