import CPlatform

/// A moment by the clock of the calendar, in UTC, to the second.
public struct UTCTime: Equatable, Sendable {
  /// The seconds since 1970-01-01 00:00.
  private let seconds: Int

  /// Makes a moment from the seconds since 1970-01-01 00:00.
  public init(seconds: Int) {
    self.seconds = seconds
  }

  /// Returns the current moment.
  public static func now() -> UTCTime {
    UTCTime(seconds: time(nil))
  }

  /// The moment in the format of RFC 3339, such as `2026-11-28T00:36:21Z`.
  public var text: String { text(dateSeparator: "-", timeSeparator: ":") }

  /// The moment without separators, for names of files: `20261128T003621Z`.
  public var compactText: String { text(dateSeparator: "", timeSeparator: "") }

  private func text(dateSeparator: String, timeSeparator: String) -> String {
    var (moment, parts) = (time_t(seconds), tm())
    gmtime_r(&moment, &parts)
    let date = [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday].map(Self.padded)
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(Self.padded)
    return "\(date.joined(separator: dateSeparator))T\(time.joined(separator: timeSeparator))Z"
  }

  private static func padded(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
