import Arguments

/// The arguments of `scaleup fleet`.
struct FleetArguments {
  let instances: FleetInstanceArguments
  let group: FleetGroupArguments
  let front: FleetFrontArguments
  let traffic: FleetTrafficArguments
  let faults: FleetFaultArguments
  /// The time that an instance has for what it has in hand when it is to end, in nanoseconds.
  let drain: UInt64
  /// The time after which the fleet ends, in nanoseconds; `nil` with the traffic, or by a signal.
  let duration: UInt64?
  let showsEvents: Bool
  let isJSON: Bool
  let label: String?
  let isQuiet: Bool

  init(_ line: inout ArgumentLine) throws(UsageError) {
    instances = FleetInstanceArguments(&line)
    group = FleetGroupArguments(&line)
    front = try FleetFrontArguments(&line)
    traffic = try FleetTrafficArguments(&line)
    line.group("How long")
    duration =
      line.value(
        of: Option<Seconds>(
          "seconds", "SECONDS", .seconds(in: 0.5...86_400, example: "60"),
          help: "time after which the fleet ends (default: with the traffic, or at Ctrl-C)"))?.nanoseconds
    faults = try FleetFaultArguments(&line)
    line.group("Output")
    showsEvents = line.has(
      Flag("events", help: "print a line per event on standard error in place of the live view"))
    isJSON = line.has(Flag("json", help: "print one scaleup.fleet/1 record"))
    label = line.value(of: RunOutputArguments.label)
    isQuiet = line.has(Notes.quiet)
    drain =
      instances.drain ?? (front.jobs.queue == nil ? FleetInstanceArguments.standardDrain : front.jobs.timeout)
  }
}
