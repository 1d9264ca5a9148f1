import Analysis
import Formatting
import Harness
import Platform
import Records

/// Runs the suite's executables for lessons, one at a time, as `scaleup run` does.
final class Bench {
  /// The effective CPUs of this machine.
  let cpus: Int
  /// The number of child tasks that Swift's task pool runs at a time.
  let taskPoolWidth: Int
  /// The caches of this machine.
  let caches: CacheLevels

  private static let timeout: UInt64 = 60_000_000_000
  /// The time for which a lesson may measure in all before it takes no disturbed trial again, in nanoseconds. With the
  /// start and the measurements that follow, it stays well below 20 s.
  private static let patience: UInt64 = 10_000_000_000

  /// Whether everything is measured once, with a tenth of the work.
  let isQuick: Bool
  let signals: SignalPipe
  let childRunner: ChildRunner
  let progress = ProgressLine(isQuiet: false)
  private let catalog: ModelCatalog
  private let runner: ExecutableTrialRunner
  private let generator: LoadGenerator
  /// The time for which the lesson has measured, in nanoseconds.
  private var spent: UInt64 = 0

  /// Finds the executables beside this program, and prints warnings about this machine.
  ///
  /// - Throws: `CommandFailure`, `Interruption`, `SystemError`.
  init(_ signals: SignalPipe, isQuick: Bool) throws {
    (self.isQuick, self.signals) = (isQuick, signals)
    childRunner = ChildRunner(signals: signals)
    let models = try ModelCatalog.findBesideThisProgram(childRunner)
    catalog = try models.addingExperiments(in: File.executableDirectory() ?? ".", childRunner)
    try Self.requireAll(of: catalog)
    var (passport, _) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    generator = LoadGenerator(
      path: "\(File.executableDirectory() ?? ".")/scaleup", on: .usable(),
      effectiveCPUs: passport.effectiveCPUs)
    runner = ExecutableTrialRunner(
      catalog, childRunner, recorder: ActivityRecorder(), generator: generator)
    Notes(isQuiet: false).warn(of: &passport, mostWorkers: nil)
    cpus = passport.effectiveCPUs
    taskPoolWidth = passport.taskPoolWidth ?? cpus
    caches = CacheLevels(passport.caches, cpus: cpus)
  }

  /// Begins a lesson, which may again take its time for disturbed trials.
  func beginLesson() { spent = 0 }

  /// Calls a function that measures, and counts its time.
  func counting<Value>(_ measure: () throws -> Value) rethrows -> Value {
    let start = Clock.monotonic.now()
    defer { spent += Clock.monotonic.now() - start }
    return try measure()
  }

  /// The workers that share work in a lesson: one per CPU, but at least two.
  var workers: Int { max(2, cpus) }

  /// A note for questions if there are fewer CPUs than workers; otherwise empty.
  var shortageNote: String {
    cpus >= workers
      ? ""
      : " (This lesson needs \(workers) CPUs, and a program may use \(cpus) here: the workers take turns and gain nothing.)"
  }

  /// The number of times that a lesson repeats what it measures by itself.
  var repetitions: Int { isQuick ? 1 : 5 }

  /// Returns whether `sum` has a kernel on this processor.
  func hasKernel(_ kernel: String) -> Bool {
    catalog.workloads.contains { $0.name == "sum" && $0.kernels?.contains(kernel) == true }
  }

  /// Returns the time that something of a lesson takes which takes so many seconds when it is not quick.
  func time(seconds: Double) -> Double { isQuick ? seconds / 10 : seconds }

  /// Returns the time for which a server gets requests, in nanoseconds: at least as long as some answers take when it is quick.
  func serviceTime(seconds: Double) -> UInt64 { UInt64(max(0.5, time(seconds: seconds)) * 1e9) }

  /// Returns a round N for which a configuration takes about so many seconds, or a tenth of it when quick.
  ///
  /// - Parameter most: The largest N to try.
  /// - Throws: `CommandFailure`, `Interruption`.
  func amount(
    of configuration: Configuration, taking seconds: Double, most: UInt64? = nil
  ) throws -> UInt64 {
    let amount = try cost(of: configuration, most: most).amount(taking: time(seconds: seconds) * 1e9)
    return min(amount, most ?? .max)
  }

  /// Calibrates a configuration.
  ///
  /// - Parameter most: The largest N to try.
  /// - Returns: The time of the configuration as a function of N.
  /// - Throws: `CommandFailure`, `Interruption`.
  func cost(of configuration: Configuration, most: UInt64? = nil) throws -> Cost {
    progress.show("choosing the amount of work")
    defer { progress.clear() }
    do {
      return try counting {
        try Calibration(runner, limit: most, timeout: Self.timeout).cost(of: configuration)
      }
    } catch let failure as CalibrationFailure {
      throw CommandFailure(failure)
    }
  }

  /// Measures configurations in rounds, so that a temporary disturbance affects all of them. Trials that other programs
  /// disturbed are taken again, until the lesson has measured for `patience`. When quick, there is one round, whatever
  /// disturbs it.
  ///
  /// - Parameter toleratesLoad: Whether the answer is right even if other programs run.
  /// - Throws: `DisturbedLesson` if other programs disturbed every trial of a configuration; `CommandFailure` if a trial
  ///   fails or its answer is wrong; `Interruption`.
  func measure(
    _ configurations: [Configuration], rounds: Int = 3, toleratesLoad: Bool = false
  ) throws -> [MeasuredConfiguration] {
    let plan = Plan(configurations: configurations, trials: isQuick ? 1 : rounds, warmUps: 0)
    let isJudged = !isQuick && !toleratesLoad
    let view = LiveView(of: plan, isQuiet: false)
    if view.isPainted { childRunner.onTick = view.paint }
    defer {
      childRunner.onTick = nil
      view.clear()
    }
    let trials = LessonTrials(runner, plan, timeout: Self.timeout, effectiveCPUs: cpus)
    let measured = try counting {
      try trials.carryOut(
        within: isJudged ? Self.patience - min(spent, Self.patience) : 0, willTry: view.begin,
        didTry: view.add)
    }
    if isJudged, let disturbance = DisturbedLesson(measured) { throw disturbance }
    return measured
  }

  /// Runs a server of a model, calls a function with it, and ends it.
  ///
  /// - Parameters:
  ///   - options: Options of the server beside the common ones.
  ///   - body: Starts load generators and waits for them.
  /// - Throws: `CommandFailure` if the server or a generator fails; `Interruption`, `SystemError`.
  func serve<Value>(
    _ model: String, workers: Int, _ options: [String] = [], _ body: (inout RunningService) throws -> Value
  ) throws -> Value {
    progress.show("measuring \(([model] + options).joined(separator: " "))")
    defer { progress.clear() }
    guard let installed = catalog.models.first(where: { $0.description.model == model }) else {
      preconditionFailure("all models of lessons were found")
    }
    do {
      return try counting {
        try childRunner.withService(installed, workers: workers, options: options, generator, body)
      }
    } catch let failure as RunningService.Failure {
      throw CommandFailure(message: "a measurement of the lesson failed: \(failure)", status: 1)
    }
  }

  /// Throws if an executable that a lesson needs is missing.
  private static func requireAll(of catalog: ModelCatalog) throws(CommandFailure) {
    let found = Set(catalog.models.map(\.description.model))
    let missing = (ModelCatalog.standard + ["experiment"]).filter { !found.contains($0) }
    if missing.isEmpty { return }
    let names = missing.map { "scaleup-\($0)" }.joined(separator: ", ")
    let problems = (catalog.brokenLines + catalog.problems).map { " (\($0))" }.joined()
    throw CommandFailure(
      message:
        "missing executables for the lessons: \(names)\(problems) (copy them into the directory of "
        + "this program, or build them with: swift build -c release)",
      status: 1)
  }
}

extension MeasuredConfiguration {
  /// The median of the region's time, such as `470.0 ms`.
  var duration: String { Readable.duration(nanoseconds: time) }

  /// A percentile of the latencies of the middle trial of a service, such as `1.250 ms`.
  func latency(_ percentile: Double) -> String {
    let time = middle.report.traffic?.latency.time(atPercentile: percentile)
    return time.map { Readable.duration(nanoseconds: Double($0)) } ?? "-"
  }
}
