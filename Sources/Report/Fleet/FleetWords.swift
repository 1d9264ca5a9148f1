import Analysis
import Formatting
import Records

/// Returns a time since the start of a fleet, such as `2:05`, and from an hour on, `1:02:05`.
func fleetClock(nanoseconds: UInt64) -> String {
  func two(_ value: UInt64) -> String { value < 10 ? "0\(value)" : "\(value)" }
  let (minutes, seconds) = (nanoseconds / 1_000_000_000).quotientAndRemainder(dividingBy: 60)
  return minutes < 60
    ? "\(minutes):\(two(seconds))" : "\(minutes / 60):\(two(minutes % 60)):\(two(seconds))"
}

/// Returns a text on one line, with `…` if it is cut off.
func fittedLine(_ text: String, _ width: Int) -> String {
  let line = Readable.line(text)
  return line.count <= width ? line : String((line.prefix(max(0, width - 1)) + "…").prefix(max(0, width)))
}

extension FleetRecord {
  /// Returns the wall time of a decision in nanoseconds since the start.
  func wallNanoseconds(of decision: Decision) -> UInt64 {
    UInt64(min(max(0, wallSeconds(of: decision) * 1e9), 1e18))
  }
}

extension FleetRecord.Event.Kind {
  /// The kind in a sentence after the name of an instance.
  var phrase: String {
    switch self {
    case .inService: "in service"
    case .gaveUp: "gave up"
    default: rawValue
    }
  }

  /// Whether something failed, by itself or on purpose.
  var isFault: Bool {
    switch self {
    case .unhealthy, .died, .killed, .frozen, .slowed, .blocked, .gaveUp: true
    default: false
    }
  }

  /// Whether instances are exchanged for others.
  var isReplacement: Bool { [.replaced, .updated, .rolling, .rolled].contains(self) }
}

/// The colours of terminal text.
enum Colour: String {
  case bold = "1"
  case quiet = "2"
  case red = "31"
  case yellow = "33"
  case cyan = "36"

  /// Returns a text between the terminal codes.
  func applied(to text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}
