extension HyperfineFile.Result {
  init(_ json: JSONValue, place: String) throws(JSONFormatError) {
    guard let command = (json["name"] ?? json["command"])?.string else {
      throw .missing(key: "command", place: place)
    }
    guard case .object(let parameters) = json["parameters"] ?? .object([:]) else {
      throw .value(json["parameters"]?.summary ?? "", place: "\(place).parameters", expected: "an object")
    }
    self.command = command
    // Version 2 writes a parameter as an object with a member `value`.
    self.parameters = parameters.mapValues { $0["value"] ?? $0 }
    self.place = place
    let trials = try Self.trials(json, place: place)
    if trials.isEmpty {
      guard let summary = json["median"] ?? json["mean"] else { throw .missing(key: "times", place: place) }
      times = [try Self.time(summary, place: "\(place).\(json["median"] == nil ? "mean" : "median")")]
    } else {
      times = trials.filter { !$0.hasFailed }.map(\.time)
    }
    isSummary = trials.isEmpty
    failures = trials.count { $0.hasFailed }
  }

  private static func trials(
    _ json: JSONValue, place: String
  ) throws(JSONFormatError) -> [(time: Double, hasFailed: Bool)] {
    var trials: [(time: Double, hasFailed: Bool)] = []
    if let measurements = json["measurements"]?.array {
      for (index, trial) in measurements.enumerated() {
        let place = "\(place).measurements.\(index).time_wall_clock"
        guard let time = trial["time_wall_clock"]?["value"] else {
          throw .missing(key: "value", place: place)
        }
        if let unit = trial["time_wall_clock"]?["unit"], unit != .string("second") {
          throw .value(unit.summary, place: "\(place).unit", expected: "second")
        }
        trials.append((try Self.time(time, place: "\(place).value"), trial["exit_code"] != .number(0)))
      }
      return trials
    }
    let statuses = json["exit_codes"]?.array
    for (index, time) in (json["times"]?.array ?? []).enumerated() {
      let hasFailed = statuses.map { $0.indices.contains(index) && $0[index] != .number(0) } ?? false
      trials.append((try Self.time(time, place: "\(place).times.\(index)"), hasFailed))
    }
    return trials
  }

  private static func time(_ json: JSONValue, place: String) throws(JSONFormatError) -> Double {
    guard case .number(let time) = json, ScalingData.possibleMeasures.contains(time) else {
      throw .value(json.summary, place: place, expected: "a time in seconds, above 0")
    }
    return time
  }

  /// Returns the number of workers, which is the value of a parameter.
  func workers(_ name: String) throws(JSONFormatError) -> Double {
    let value = parameters[name] ?? .null
    guard let workers = value.number, ScalingData.possibleWorkers.contains(workers) else {
      throw .value(
        value.summary, place: "\(place).parameters.\(name)", expected: "a number of workers, such as 4")
    }
    return workers
  }
}
