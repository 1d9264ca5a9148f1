import Arguments
import Autoscaling
import Fleet
import Formatting
import Harness
import Platform
import Records

/// The plan of a fleet: its arguments, and the program, policy and traffic that they name.
struct FleetPlan {
  let arguments: FleetArguments
  /// The directory of the suite's programs.
  let directory: String
  /// The executable of the instances.
  let executable: String
  let policy: Policy
  let traffic: FleetTraffic?

  /// Finds what the arguments name.
  ///
  /// - Throws: `UsageError`, `CommandFailure`, `Interruption`, `SystemError`.
  init(_ arguments: FleetArguments, _ runner: ChildRunner) throws {
    self.arguments = arguments
    policy = try arguments.group.policy(hasQueue: arguments.front.jobs.queue != nil)
    traffic = try arguments.traffic.traffic(timeScale: arguments.group.timeScale)
    directory = try directoryOfThisProgram()
    executable = try Self.executable(arguments.instances, runner)
    try checkPort()
    if arguments.instances.usesControlGroups { try checkControlGroups() }
  }

  private static func executable(_ instances: FleetInstanceArguments, _ runner: ChildRunner) throws -> String
  {
    let catalog = try ModelCatalog.findBesideThisProgram(runner)
    try catalog.require([instances.model])
    let servers = catalog.models.filter { $0.description.serves == true }
    let names = servers.map(\.description.model)
    guard let model = servers.first(where: { $0.description.model == instances.model }) else {
      if let reason = catalog.idle[instances.model]
        ?? catalog.models
        .first(where: { $0.description.model == instances.model }).map({ _ in "it does not serve" })
      {
        throw UsageError.other(
          "model \(instances.model) cannot be an instance: \(reason) (expected \(names.joined(separator: ", ")))"
        )
      }
      throw UsageError.unknownWord(
        instances.model, kind: "model", known: names, nearest: nearestWord(to: instances.model, among: names))
    }
    let most = model.description.maximumWorkers
    if instances.workers > most {
      throw UsageError.other(
        "--workers \(instances.workers) is too many for \(instances.model) (expected at most \(most))")
    }
    if instances.share > Double(instances.workers) {
      throw UsageError.other(
        "--instance-share \(Readable.plain(instances.share)) is more than \(Readable.count(instances.workers, "worker")) can use "
          + "(expected at most \(instances.workers))")
    }
    return model.path
  }

  /// The number of instances to begin with.
  var desired: Int { policy.initial ?? policy.bounds.min }

  /// The greatest number of instances: scheduled actions may raise that of the policy.
  var most: Int { max(policy.bounds.max, policy.rule.greatestScheduledSize) }

  /// The words that start an instance.
  var instanceArguments: [String] {
    let instances = arguments.instances
    let startUp =
      instances.startUp == 0
      ? [] : ["--start-up", Readable.fixed(Double(instances.startUp) / 1e9, decimals: 3)]
    let share = instances.usesControlGroups ? [] : ["--share", "\(instances.share)"]
    return ["serve", "--port", "0", "--workers", "\(instances.workers)"] + share + startUp
      + ["--grace", "1", "--json"]
  }

  /// The words that start the traffic.
  ///
  /// - Parameter port: The port of the front.
  func loadArguments(port: Int) -> [String]? {
    traffic.map { traffic in
      let hasQueue = arguments.front.jobs.queue != nil
      let path = hasQueue ? Self.jobPath(arguments.traffic.path) : arguments.traffic.path
      return [
        "load", "http://127.0.0.1:\(port)\(path)", "--warmup", "0", "--seed", "\(arguments.faults.seed)",
      ]
        + (hasQueue ? ["--method", "POST"] : [])
        + traffic.options(seconds: arguments.duration.map { Double($0) / 1e9 }) + ["--json"]
    }
  }

  /// Returns the path that puts a job into a queue, whose work is a path.
  static func jobPath(_ path: String) -> String {
    let value = path.replacing("%", with: "%25").replacing("&", with: "%26")
    return "/jobs?path=\(value)"
  }

  /// The settings of the group.
  var group: GroupSettings {
    GroupSettings(
      max: most, grace: arguments.instances.grace,
      checks: UInt64(arguments.front.fall) * arguments.front.checkInterval, drain: arguments.drain,
      surge: arguments.faults.surge, unavailable: arguments.faults.unavailable)
  }

  /// The settings for the record.
  ///
  /// - Throws: `EncodingError`.
  func settings() throws -> FleetRecord.Settings {
    let (instances, front) = (arguments.instances, arguments.front)
    let name =
      switch front.jobs.queue {
      case .embedded: "queue"
      case .redis: "redis"
      case nil: front.balancer.rawValue
      }
    var settings = FleetRecord.Settings(
      model: instances.model, workers: instances.workers, share: instances.share,
      usesControlGroup: instances.usesControlGroups,
      policy: policy.name, policyFile: try JSON.encode(policy), min: policy.bounds.min, desired: desired,
      max: policy.bounds.max, timeScale: arguments.group.timeScale, startUp: instances.startUp,
      grace: instances.grace, drain: arguments.drain, checkInterval: front.checkInterval,
      checkTimeout: front.checkTimeout, rise: front.rise, fall: front.fall, front: name,
      balancing: front.balancing.rawValue, objective: arguments.traffic.objective, seed: arguments.faults.seed
    )
    guard let traffic else { return settings }
    (settings.path, settings.traffic) = (arguments.traffic.path, traffic.name)
    settings.rates = traffic.rates
    settings.rateInterval = traffic.interval.map { UInt64(($0 * 1e9).rounded()) }
    if traffic.rates == nil, let rate = traffic.rate { settings.rates = [rate] }
    return settings
  }

  /// The warnings before the start.
  var warnings: [String] { [shareWarning, graceWarning].compactMap(\.self) }

  private var shareWarning: String? {
    let (cores, cpus) = (arguments.instances.share * Double(most), CPULimits.ofThisProcess().effective)
    if cores <= Double(cpus) { return nil }
    let words =
      most == 1 ? ("needs", "it will be slower than its") : ("need", "they will be slower than their")
    return "\(Readable.count(most, "instance")) of \(Readable.cores(arguments.instances.share)) \(words.0) "
      + "\(Readable.plain(cores)) CPUs, and this machine has \(cpus): \(words.1) share (lower --max or --instance-share)"
  }

  private var graceWarning: String? {
    let time = max(group.grace, group.checks)
    if time >= arguments.instances.startUp { return nil }
    return "--grace is shorter than the start-up: every instance is replaced before it is in service "
      + "(raise --grace or lower --start-up)"
  }
}
