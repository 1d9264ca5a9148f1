import Analysis
import Formatting
import Harness
import Records

/// Short lines for people beside the result, on standard error.
struct Notes {
  let isQuiet: Bool

  func say(_ lines: [String]) {
    if !isQuiet { Terminal.show(lines.map { Readable.line($0) + "\n" }.joined(), waiting: 500) }
  }

  /// Tells what would disturb a measurement, and enters it in the passport.
  func warn(of passport: inout Passport, mostWorkers: Int?) {
    let warnings = warnings(of: passport, mostWorkers: mostWorkers)
    passport.warnings = warnings
    say(warnings.map { "warning: \($0)" })
  }
}
