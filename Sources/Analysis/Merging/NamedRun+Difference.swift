import Formatting
import Records

extension NamedRun {
  /// Returns the first difference that keeps the trials of two runs apart; `nil` if there is none.
  func difference(from other: NamedRun) -> String? {
    difference(in: "the version of scaleup", record.version, other.record.version, other)
      ?? difference(in: "the host", record.host, other.record.host, other) ?? machineDifference(from: other)
      ?? planDifference(from: other)
  }

  private func difference(in what: String, _ one: String?, _ two: String?, _ other: NamedRun) -> String? {
    one == two ? nil : "\(what) is \(one ?? "unknown") in \(name) and \(two ?? "unknown") in \(other.name)"
  }

  private func machineDifference(from other: NamedRun) -> String? {
    let (one, two) = (
      record.passport.machine(comparedWith: other.record.passport),
      other.record.passport.machine(comparedWith: record.passport)
    )
    if one == two { return nil }
    let facts: [(String, (Passport) -> String?)] = [
      ("the processor", \.processor), ("the architecture", \.architecture),
      ("the number of effective CPUs", { "\($0.effectiveCPUs)" }),
      ("the number of online CPUs", { "\($0.onlineCPUs)" }),
      ("the memory", { $0.memory.map { "\($0) bytes" } }), ("the operating system", \.operatingSystem),
      ("the kernel", \.kernel), ("the Swift version", \.swift),
    ]
    return facts.lazy.compactMap { difference(in: $0, $1(one), $1(two), other) }.first
      ?? "the host information differs between \(name) and \(other.name) (see scaleup compare --details)"
  }

  private func planDifference(from other: NamedRun) -> String? {
    extent(missingFrom: other) ?? other.extent(missingFrom: self)
      ?? difference(
        in: "the limit of foreign load", "\(record.plan.foreignLoadLimit) cores",
        "\(other.record.plan.foreignLoadLimit) cores", other)
  }

  /// Returns how another run lacks a configuration of this run: entirely, or with this N or duration.
  private func extent(missingFrom other: NamedRun) -> String? {
    let known = Set(other.record.plan.configurations)
    guard let one = record.plan.configurations.first(where: { !known.contains($0) }) else { return nil }
    let what = "\(one.workload) \(one.model) with \(Readable.count(one.workers, "worker"))"
    guard let two = other.record.plan.configurations.first(where: { $0.unsized == one.unsized }) else {
      return "only \(name) has \(what)"
    }
    if let rate = one.traffic?.rate, let otherRate = two.traffic?.rate, rate != otherRate {
      return difference(
        in: "the rate of \(what)", Readable.rate(rate), Readable.rate(otherRate), other
      ).map { "\($0): measure again with --baseline \(name)" }
    }
    return one.upTo == two.upTo
      ? difference(
        in: "the duration of \(what)", one.duration.map(Self.duration), two.duration.map(Self.duration), other
      )
      : difference(in: "the N of \(what)", one.upTo.map(Readable.round), two.upTo.map(Readable.round), other)
        .map { "\($0): measure again with --baseline \(name)" }
  }

  private static func duration(_ nanoseconds: UInt64) -> String {
    Readable.duration(nanoseconds: Double(nanoseconds))
  }
}

extension Passport {
  /// Returns the machine without its state before the run, and without the facts that the other run does not have, because it
  /// was saved before they were recorded.
  fileprivate func machine(comparedWith other: Passport) -> Passport {
    var machine = self
    (machine.load, machine.throttledPeriods, machine.warnings, machine.thermalPressure) = (nil, nil, nil, nil)
    // Root may read energy counters that others may not.
    machine.energy = nil
    if other.processorDetails == nil {
      machine.processorDetails = nil
      machine.topology?.siblings = nil
      machine.topology?.nodeCPUs = nil
      machine.topology?.kinds = nil
    }
    return machine
  }
}
