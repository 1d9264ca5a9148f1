import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup machine`: prints what a run would record of this machine.
enum MachineCommand: Subcommand {
  private static let json = Flag("json", help: "print one scaleup.machine/1 record instead of lines")

  static let syntax = Command(
    "scaleup machine", summary: "show what this machine is and how many CPUs it may use",
    options: [json.syntax])

  /// How long to see what the machine does by itself, in nanoseconds: twenty of the kernel's ticks.
  static let watch: UInt64 = 200_000_000

  static func run(_ matches: Matches) throws -> ProgramOutput {
    var (passport, host) = Passport.ofThisMachine(watchingFor: watch)
    passport.warnings = warnings(of: passport)
    let reason = ActivityRecorder().countersReason
    if matches.has(json) {
      let record = MachineRecord(host: host, passport: passport, countersReason: reason)
      return ProgramOutput(output: try record.text())
    }
    return ProgramOutput(output: machineReport(of: passport, host: host, countersReason: reason))
  }
}
