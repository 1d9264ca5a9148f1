import Analysis
import Formatting
import Harness
import Platform
import Records

/// Where lessons measure: the executables of the suite, run one at a time as `scaleup run` does.
final class Bench {
  /// The CPUs that a program may keep busy here.
  let cpus: Int
  /// The most child tasks that Swift's task pool runs at a time.
  let taskPoolWidth: Int

  private static let timeout: UInt64 = 60_000_000_000

  private let catalog: ModelCatalog
  private let childRunner: ChildRunner
  private let runner: ExecutableTrialRunner
  private let progress = ProgressLine(isQuiet: false)

  /// Finds the executables beside this program, and tells what on this machine would disturb what they measure.
  ///
  /// - Throws: `CommandFailure`, `Interruption`, `SystemError`.
  init(_ signals: SignalPipe) throws {
    childRunner = ChildRunner(signals: signals)
    let models = try ModelCatalog.findBesideThisProgram(childRunner)
    catalog = try models.addingExperiments(in: File.executableDirectory() ?? ".", childRunner)
    try Self.requireAll(of: catalog)
    runner = ExecutableTrialRunner(catalog, childRunner, recorder: ActivityRecorder())
    var (passport, _) = Passport.ofThisMachine(watchingFor: MachineCommand.watch)
    Notes(isQuiet: false).warn(of: &passport, mostWorkers: nil)
    cpus = passport.effectiveCPUs
    taskPoolWidth = passport.taskPoolWidth ?? cpus
  }

  /// The workers that share work in a lesson: one a CPU, and two where there is but one.
  var workers: Int { max(2, cpus) }

  /// What is to be said where that is more than the machine has; empty where it is not.
  var shortage: String {
    cpus >= workers
      ? ""
      : " This machine lets a program use \(Readable.count(cpus, "CPU")), and the lesson needs \(workers): the workers "
        + "take turns, and what they would gain elsewhere is not seen here."
  }

  /// Whether a model of the suite has a kernel of `sum` on this processor.
  func hasKernel(_ kernel: String) -> Bool {
    catalog.workloads.contains { $0.name == "sum" && $0.kernels?.contains(kernel) == true }
  }

  /// A round N with which a configuration takes about so many seconds.
  ///
  /// - Parameter most: The largest N that is tried.
  /// - Throws: `CommandFailure`, `Interruption`.
  func amount(
    of configuration: Configuration, taking seconds: Double, most: UInt64? = nil
  ) throws -> UInt64 {
    let amount = try cost(of: configuration, most: most).amount(taking: seconds * 1e9)
    return min(amount, most ?? .max)
  }

  /// What a configuration costs, whose N is chosen here.
  ///
  /// - Throws: `CommandFailure`, `Interruption`.
  func cost(of configuration: Configuration, most: UInt64? = nil) throws -> Cost {
    progress.show("finding out how much work takes a fitting time")
    defer { progress.clear() }
    do {
      return try Calibration(runner, limit: most, timeout: Self.timeout).cost(of: configuration)
    } catch let failure as CalibrationFailure {
      throw CommandFailure(failure)
    }
  }

  /// Tries configurations in rounds, so that what disturbs the machine for a while disturbs all of them.
  ///
  /// - Throws: `CommandFailure` for a trial that failed or was wrong; `Interruption`.
  func measure(_ configurations: [Configuration], rounds: Int = 3) throws -> [MeasuredConfiguration] {
    let plan = Plan(configurations: configurations, trials: rounds, warmUps: 0)
    let view = LiveView(of: plan, isQuiet: false)
    if view.isPainted { childRunner.onTick = view.paint }
    defer {
      childRunner.onTick = nil
      view.clear()
    }
    var measured = MeasuredRun(plan, effectiveCPUs: cpus)
    var loop = RunLoop(
      runner, plan, timeout: Self.timeout, estimate: TimeEstimate(costs: Costs(), effectiveCPUs: cpus))
    try loop.carryOut(willTry: view.begin) { trial in
      view.add(trial)
      if trial.process == nil || trial.report == nil {
        throw CommandFailure(message: "the lesson cannot go on: \(trial.failure ?? "no report")", status: 1)
      }
      measured.add(trial)
    }
    return measured.configurations
  }

  /// Refuses to teach without an executable that some lesson needs.
  private static func requireAll(of catalog: ModelCatalog) throws(CommandFailure) {
    let found = Set(catalog.models.map(\.description.model))
    let missing = (ModelCatalog.standard + ["experiment"]).filter { !found.contains($0) }
    if missing.isEmpty { return }
    let names = missing.map { "scaleup-\($0)" }.joined(separator: ", ")
    let problems = catalog.problems.map { " (\($0))" }.joined()
    throw CommandFailure(
      message:
        "the lessons need \(names) beside this program\(problems); build all with: swift build -c release",
      status: 1)
  }
}

extension MeasuredConfiguration {
  /// The median of the region's time, such as `470.0 ms`.
  var duration: String { Readable.duration(nanoseconds: time) }
}
