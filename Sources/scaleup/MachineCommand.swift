import Arguments
import Harness
import Platform
import Records
import Report

/// `scaleup machine`: prints what a run would record of this machine.
enum MachineCommand: Subcommand {
  static let syntax = Command(
    "scaleup machine", summary: "show what this machine is and how many CPUs it may use")

  static func run(_ matches: Matches) throws -> ProgramOutput {
    let machine = Passport.ofThisMachine()
    return ProgramOutput(output: machineReport(of: machine.passport, host: machine.host))
  }
}
