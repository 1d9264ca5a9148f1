import Arguments
import Platform

/// The start of instances.
extension FleetPlan {
  /// Starts the process of an instance.
  ///
  /// - Throws: `SystemError`, `CPUShareError`.
  func startInstance(_ name: String) throws -> FleetProcess {
    let group = arguments.instances.usesControlGroups ? try shareGroup(name) : nil
    var process: FleetProcess
    do {
      process = try FleetProcess(
        executable, instanceArguments, adding: arguments.instances.environment)
    } catch {
      try? group?.remove()
      throw error
    }
    process.group = group
    do {
      // It has hardly begun: what it starts later is in the group.
      try group?.add(process.child.identifier)
      return process
    } catch {
      process.kill()
      throw error
    }
  }

  /// The beginning of the names of control groups.
  private static let groupPrefix = "scaleup"

  /// Checks that control groups with a share may be created, and removes those of fleets that were killed.
  ///
  /// - Throws: `CommandFailure`.
  func checkControlGroups() throws(CommandFailure) {
    CPUShareGroup.removeAbandoned(prefix: Self.groupPrefix)
    do throws(CPUShareError) {
      let group = try shareGroup("probe")
      try? group.remove()
    } catch {
      throw CommandFailure(
        message: "\(error) (or leave out --control-groups)", status: UsageError.exitStatus)
    }
  }

  /// Creates the control group of an instance.
  private func shareGroup(_ name: String) throws(CPUShareError) -> CPUShareGroup {
    try CPUShareGroup(
      share: arguments.instances.share, name: "\(Self.groupPrefix)-\(ThisProcess.identifier)-\(name)")
  }
}
