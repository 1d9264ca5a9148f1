import Arguments
import Fleet

/// The options of faults, and of new versions of the launch template.
struct FleetFaultArguments {
  let schedule: FaultSchedule
  /// The time for which a frozen or slow instance stays so, in nanoseconds; `nil` until it is replaced.
  let faultTime: UInt64?
  let seed: UInt64
  /// The time between two replacements of all instances in nanoseconds; `nil` for none.
  let replaceEvery: UInt64?
  let surge, unavailable: Int
  /// Whether a replacement ends all instances before it launches others.
  let replacesAllAtOnce: Bool

  init(_ line: inout ArgumentLine) throws(UsageError) {
    line.group("New versions")
    func every(_ name: String, _ help: String, _ line: inout ArgumentLine) -> UInt64? {
      line.time(name, default: "never", example: "20s", in: 0.1...86_400, help)
    }
    replaceEvery = every("replace-every", "time between new versions, which replace all instances", &line)
    let surge = line.value(
      of: Option(
        "surge", "COUNT", .count(in: 0...100, example: "1"),
        help: "instances beyond the desired ones during a replacement (default: 1)"))
    let unavailable = line.value(
      of: Option(
        "unavailable", "COUNT", .count(in: 0...100, example: "1"),
        help: "instances that may be missing during a replacement (default: 0)"))
    replacesAllAtOnce = line.has(
      Flag("replace-at-once", help: "end all instances, then launch the new ones: desired to 0 and back"))
    line.group("Faults")
    var periods: [FaultSchedule.Kind: UInt64] = [:]
    periods[.kill] = every("kill-every", "time between kills of an instance", &line)
    periods[.freeze] = every("freeze-every", "time between freezes of an instance", &line)
    periods[.slow] = every("slow-every", "time after which another instance becomes slow", &line)
    schedule = FaultSchedule(periods)
    faultTime = line.time(
      "fault-time", default: "until it is replaced", example: "5s", in: 0.1...86_400,
      "time for which an instance stays frozen or slow")
    seed =
      line.value(
        of: Option(
          "seed", "NUMBER", .wholeNumber(in: 0...UInt64.max, example: "1"),
          help: "seed of the traffic and of the faults (default: 1)")) ?? 1
    (self.surge, self.unavailable) = (surge ?? 1, unavailable ?? 0)
    if replaceEvery == nil, surge != nil || unavailable != nil || replacesAllAtOnce {
      let name = surge != nil ? "surge" : unavailable != nil ? "unavailable" : "replace-at-once"
      throw .other("--\(name) has no effect without --replace-every (add --replace-every 30s)")
    }
    if replacesAllAtOnce, surge != nil || unavailable != nil {
      throw .other("--replace-at-once contradicts --surge and --unavailable (leave one out)")
    }
    if self.surge == 0, self.unavailable == 0 {
      throw .other("--surge 0 and --unavailable 0 leave no instance to replace (allow one)")
    }
    if faultTime != nil, periods[.freeze] == nil, periods[.slow] == nil {
      throw .other("--fault-time has no effect without --freeze-every or --slow-every (add one)")
    }
  }
}
