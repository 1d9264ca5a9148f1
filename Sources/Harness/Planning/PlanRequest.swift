import Platform
import Records

/// The plan that a user asks for. Parts that are `nil` are chosen to suit the machine.
public struct PlanRequest: Sendable {
  /// The models to try.
  public var models: [InstalledModel]
  /// The workloads to try.
  public var workloads: [ModelDescription.Workload]
  /// The worker counts to try.
  public var workers: [Int]?
  /// The threads of each process to try, for models with a launcher; `nil` is one.
  public var threadsPerRank: [Int]?
  /// The kernels to try; `nil` is `scalar` at every worker count and `simd` at the greatest, and for `memory` only `simd`.
  public var kernels: [String]?
  /// The schedules to try, each with the models that have it. A model that has none of them assigns one range to each
  /// worker, and so does every model if this is `nil`.
  public var schedules: [String]?
  /// The numbers per chunk; `nil` lets each model choose.
  public var grain: UInt64?
  /// The rule by which workers are put on CPUs; `nil` leaves it to the system.
  public var placement: String?
  /// The placed configurations to try beside the others, which show what the second CPU of a core adds and what each kind of
  /// core gives.
  public var comparedPlacements: [ComparedPlacement] = []
  /// The N of workloads of fixed amount.
  public var upTo: UInt64?
  /// The operations of `memory`.
  public var operations = ["triad"]
  /// The bytes of each array of `memory`; `nil` if it is not run.
  public var size: UInt64?
  /// The models that run `memory`; `nil` is all.
  var memoryModels: Set<String>?
  /// Whether `memory` may be run with fewer models if all of them would take too much of the budget.
  public var mayTrimMemory = false
  /// The duration of workloads of fixed time, in nanoseconds.
  public var duration: UInt64?
  /// The requests of `serve`. A rate of `nil` is chosen from what the slowest server can answer.
  public var traffic = Traffic()
  /// The plan of a baseline: its N and durations are taken over unless others are asked for.
  public var baseline: Plan?
  /// The number of regions that a trial runs in a row in one process.
  public var repetitions: Int
  /// The trials per configuration; the fewest if there is a precision to reach.
  public var trials: Int
  /// Whether the user gives the trials. Otherwise commands that take long get fewer.
  public var hasGivenTrials = false
  /// The warm-up trials per configuration, which are discarded.
  public var warmUps: Int
  /// The precision to reach: half of the 95 % interval of every median, relative to the median. `nil` fixes the number
  /// of trials.
  public var precision: Double?
  /// The time for the whole run in nanoseconds: amounts and durations are chosen to keep within it, and no round is
  /// begun to reach a precision that would exceed it.
  public var budget: UInt64
  /// The seed of the random order of trials; `nil` keeps the order of the configurations.
  public var seed: UInt64?
  /// The most cores that other programs may keep busy during a trial that counts; `nil` is the suite's own limit.
  public var mostForeignLoad: Double?
  /// Whether gates judge the run. Then short regions are chosen: many short trials give narrower
  /// intervals.
  public var isGated = false
  /// The number of suites whose executables are tried in every round.
  public var suites = 1
  /// The number of CPUs that the run can keep busy.
  public var effectiveCPUs: Int

  /// Makes a request.
  public init(
    models: [InstalledModel], workloads: [ModelDescription.Workload], workers: [Int]? = nil,
    kernels: [String]? = nil, schedules: [String]? = nil, grain: UInt64? = nil, upTo: UInt64? = nil,
    duration: UInt64? = nil, repetitions: Int = 1, trials: Int, warmUps: Int, precision: Double? = nil,
    budget: UInt64, seed: UInt64? = nil, effectiveCPUs: Int
  ) {
    self.models = models
    self.workloads = workloads
    self.workers = workers
    self.kernels = kernels
    self.schedules = schedules
    self.grain = grain
    self.upTo = upTo
    self.duration = duration
    self.repetitions = repetitions
    self.trials = trials
    self.warmUps = warmUps
    self.precision = precision
    self.budget = budget
    self.seed = seed
    self.effectiveCPUs = effectiveCPUs
  }
}

extension PlanRequest {
  /// The configurations to try, in the order of reports. N and durations are not set: they follow from the costs.
  public var configurations: [Configuration] {
    workloads.flatMap { workload in
      kernels(of: workload).flatMap { kernel in
        models.flatMap { configurations(of: $0, workload.name, kernel) }
          + comparedConfigurations(workload, kernel)
      }
      .withOperations(workload.operations == nil ? nil : operations, size: size)
    }
  }

  /// The kernels to try a workload with.
  func kernels(of workload: ModelDescription.Workload) -> [String] {
    if workload.operations != nil { return kernels ?? ["simd"] }
    return workload.extent == .numbers ? kernels ?? ["scalar", "simd"] : ["scalar"]
  }

  private func configurations(of model: InstalledModel, _ name: String, _ kernel: String) -> [Configuration] {
    guard let workload = model.workload(name), workload.kernelNames.contains(kernel) else { return [] }
    if workload.operations != nil, memoryModels?.contains(model.description.model) == false { return [] }
    let own = model.description.schedules ?? []
    let chosen =
      workload.extent == .numbers && workload.operations == nil ? (schedules ?? []).filter(own.contains) : []
    let schedules: [String?] = chosen.isEmpty ? [nil] : chosen
    if let command = model.command {
      return workerCounts(for: model.description, kernel).map {
        Configuration(
          model: model.description.model, workload: name, workers: $0, command: command.work)
      }
    }
    if model.description.serves == true, name == ModelDescription.Workload.serve.name {
      return workerCounts(for: model.description, kernel).map {
        Configuration(
          model: model.description.model, isPeer: model.isPeer ? true : nil, workload: name, workers: $0,
          traffic: traffic)
      }
    }
    let isEverywhere = workload.operations != nil
    let counts = workerCounts(for: model.description, isEverywhere ? "scalar" : kernel).flatMap { count in
      threads(for: model.description, workers: count).map { (count, $0) }
    }
    return counts.flatMap { count, threads in
      schedules.map { schedule in
        Configuration(
          model: model.description.model, isPeer: model.isPeer ? true : nil, workload: name, kernel: kernel,
          workers: count, threadsPerRank: threads, schedule: schedule, grain: schedule.flatMap { _ in grain },
          placement: placement(of: model.description),
          repetitions: repetitions > 1 && !model.isPeer ? repetitions : nil)
      }
    }
  }

  /// Returns the placement of a model; `nil` if it has none. The only worker of a model is on the first CPU of a list.
  private func placement(of model: ModelDescription) -> String? {
    guard model.placement != nil, let placement else { return nil }
    guard model.maximumWorkers == 1, case .cpus(let cpus) = Placement(placement) else { return placement }
    return Placement.cpus(Array(cpus.prefix(1))).text
  }

  private func workerCounts(for model: ModelDescription, _ kernel: String) -> [Int] {
    if model.maximumWorkers == 1 { return [1] }
    let all = (workers ?? powersOfTwo(upTo: effectiveCPUs)).filter { $0 <= model.maximumWorkers }
    return kernels == nil && kernel != "scalar" ? all.filter { $0 == all.max() } : all
  }

  /// The threads per process that divide a worker count; `nil` is one.
  private func threads(for model: ModelDescription, workers: Int) -> [Int?] {
    guard model.isLaunched == true, let threadsPerRank else { return [nil] }
    return threadsPerRank.filter { workers.isMultiple(of: $0) }.map { $0 == 1 ? nil : $0 }
  }
}

extension [Configuration] {
  /// Returns the configurations once for each operation; as they are if there is none.
  fileprivate func withOperations(_ operations: [String]?, size: UInt64?) -> [Configuration] {
    guard let operations else { return self }
    return operations.flatMap { operation in
      map { configuration in
        var configuration = configuration
        (configuration.operation, configuration.size) = (operation, size)
        return configuration
      }
    }
  }
}

/// Returns 1, 2, 4 … and `most` itself.
public func powersOfTwo(upTo most: Int) -> [Int] {
  var counts = [1]
  while let last = counts.last, last < most { counts.append(min(last * 2, most)) }
  return counts
}

extension ModelDescription.Workload {
  /// The kernels that this machine has for the workload.
  public var kernelNames: [String] { kernels ?? ["scalar"] }
}
