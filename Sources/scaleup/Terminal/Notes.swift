import Analysis
import Arguments
import Formatting
import Harness
import Records

/// Short lines for people on standard error, beside the result.
struct Notes {
  let isQuiet: Bool

  static let quiet = Flag("quiet", help: "print only the result, without progress and notes")

  func say(_ lines: [String]) {
    if !isQuiet { Terminal.show(lines.map { Readable.line($0) + "\n" }.joined(), waiting: 500) }
  }

  /// Prints warnings about what would disturb a measurement, and records them in the passport.
  func warn(of passport: inout Passport, mostWorkers: Int?) {
    let warnings = warnings(of: passport, mostWorkers: mostWorkers)
    passport.warnings = warnings
    say(warnings.map { "warning: \($0)" })
  }
}
