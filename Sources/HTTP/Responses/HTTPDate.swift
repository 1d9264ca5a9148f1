/// The value of the header Date (RFC 9110, section 5.6.7).
public enum HTTPDate {
  private static let days: [StaticString] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Returns a time, in seconds since 1970-01-01 00:00 UTC, as text such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///
  /// - Precondition: The year is from 1970 to 9999.
  public static func text(secondsSince1970 seconds: Int) -> String {
    precondition(0..<253_402_300_800 ~= seconds, "the year is from 1970 to 9999")
    let (day, second) = seconds.quotientAndRemainder(dividingBy: 86400)
    let date = civil(day: day)
    let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
    return "\(days[day % 7]), \(twoDigits(date.day)) \(months[date.month - 1]) \(date.year) \(clock) GMT"
  }

  /// Returns the Gregorian date of a day since 1970-01-01.
  ///
  /// Counted from 0000-03-01, each period of 400 years has 146,097 days, and a leap day is the last of its year (Howard
  /// Hinnant, "chrono-compatible low-level date algorithms").
  private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  private static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
