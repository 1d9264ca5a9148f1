import Harness
import Platform
import Records

/// Short lines for people beside the result, on standard error.
struct Notes {
  let isQuiet: Bool

  func say(_ lines: [String]) {
    if isQuiet || lines.isEmpty || !StandardStream.error.takesText(within: 500) { return }
    // A note that cannot be shown is no reason to stop measuring.
    try? StandardStream.error.write(lines.map { Readable.line($0) + "\n" }.joined())
  }

  /// Tells what would disturb a measurement, and enters it in the passport.
  func warn(of passport: inout Passport, mostWorkers: Int?) {
    let warnings = warnings(of: passport, mostWorkers: mostWorkers)
    passport.warnings = warnings
    say(warnings.map { "warning: \($0)" })
  }
}
