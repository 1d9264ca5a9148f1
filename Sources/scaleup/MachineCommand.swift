import Analysis
import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup machine`: prints the host information that a run would record.
enum MachineCommand: Subcommand {
  static let command = Command(
    "scaleup machine", summary: "Show this machine, its effective CPUs, and disturbances of measurements."
  ) { line in
    line.has(Flag("json", help: "print one scaleup.machine/1 record"))
  }

  /// The time to watch the idle machine in nanoseconds: twenty of the kernel's ticks.
  static let watch: UInt64 = 200_000_000

  static func run(_ isJSON: Bool) throws -> ProgramOutput {
    var (passport, host) = Passport.ofThisMachine(watchingFor: watch)
    passport.warnings = warnings(of: passport)
    let reason = ActivityRecorder().countersReason
    if isJSON {
      let record = MachineRecord(host: host, passport: passport, countersReason: reason)
      return ProgramOutput(output: try record.text())
    }
    return ProgramOutput(
      output: machineReport(
        of: passport, host: host, countersReason: reason, style: Terminal.outputStyle))
  }
}
