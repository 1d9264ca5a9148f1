import Analysis
import Harness
import Platform
import Records
import Report

/// A live view of a run on the last lines of the terminal: the current trial, the busy cores and the medians so far.
/// If standard error is not a terminal that supports control codes, a plain line every 10 s.
final class LiveView {
  private static let plainPause: UInt64 = 10_000_000_000
  /// The number of ticks that a bar averages: the kernel counts in steps of 10 ms.
  private static let smoothing = 4
  /// The pause in nanoseconds after which the view is painted anew. Ticks come 10 times per second, so this program was
  /// stopped, and another one may have written to the terminal.
  private static let stop: UInt64 = 1_000_000_000

  private let isQuiet: Bool
  private let configurations: [Configuration]
  private let positions: [Configuration: Int]
  private let sampler = CoreSampler()
  private var readings: [(time: UInt64, cores: CoreReading)] = []
  private var frame = LiveFrame()
  private var painted = PaintedLines()
  private var measured: MeasuredRun
  private var status: LiveStatus
  private var step: RunLoop<ExecutableTrialRunner>.Step?
  private var stepBegan: UInt64 = 0
  private var nextPlainLine: UInt64
  private var lastPaint: UInt64 = 0

  /// Makes a view of a plan; a quiet one shows nothing.
  init(of plan: Plan, isQuiet: Bool) {
    self.isQuiet = isQuiet
    configurations = plan.configurations
    positions = Dictionary(
      plan.configurations.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    measured = MeasuredRun(plan, effectiveCPUs: CPULimits.ofThisProcess().effective)
    status = LiveStatus(
      activity: "", rows: configurations.map { LiveStatus.Row($0, trials: 0, median: nil) })
    nextPlainLine = Clock.monotonic.now() + Self.plainPause
  }

  /// Whether to paint the view while trials run.
  var isPainted: Bool { !isQuiet && Terminal.progressSize != nil }

  /// Shows the trial that is about to start.
  func begin(_ step: RunLoop<ExecutableTrialRunner>.Step) {
    self.step = step
    stepBegan = Clock.monotonic.now()
    status.current = positions[step.configuration]
    if isPainted {
      paint()
    } else if !isQuiet, stepBegan >= nextPlainLine {
      nextPlainLine = stepBegan + Self.plainPause
      Terminal.show(activity(step) + "\n")
    }
  }

  /// Adds a trial to the medians.
  func add(_ trial: Trial) {
    measured.add(trial)
    let own = measured[trial.configuration]
    status.rows[trial.configuration] = LiveStatus.Row(
      configurations[trial.configuration], trials: own?.trials.count ?? 0,
      median: own?.median(of: \.measure))
  }

  /// Paints the current state.
  func paint() {
    guard let step, let size = Terminal.progressSize else { return }
    let now = Clock.monotonic.now()
    if now - lastPaint > Self.stop { painted.forget() }
    lastPaint = now
    readCores()
    status.activity = activity(step)
    let lines = frame.lines(
      of: status, width: size.columns - 1, height: size.rows - 1, isColoured: Terminal.isColoured)
    painted.paint(lines, columns: size.columns)
  }

  /// Removes the view.
  func clear() {
    step = nil
    painted.clear()
  }

  private func activity(_ step: RunLoop<ExecutableTrialRunner>.Step) -> String {
    let elapsed = Double(Clock.monotonic.now() - stepBegan)
    let seconds = UInt64((min(max(0, step.timeLeft - elapsed), 1e18) / 1e9).rounded(.up))
    let (configuration, padding) = (step.configuration, seconds % 60 < 10 ? "0" : "")
    return "trial \(step.position + 1) of \(step.count): \(configuration.workload) \(configuration.model) "
      + "\(configuration.workers), \(seconds / 60):\(padding)\(seconds % 60) left"
  }

  private func readCores() {
    var reading = CoreReading()
    guard let sampler, sampler.read(into: &reading) else { return }
    let now = Clock.monotonic.now()
    readings = readings.suffix(Self.smoothing - 1) + [(now, reading)]
    guard let first = readings.first, now > first.time else { return }
    let before = Dictionary(first.cores.cores.map { ($0.number, $0.busy) }) { first, _ in first }
    status.cores = reading.cores.map { core in
      let busy = core.busy &- min(core.busy, before[core.number] ?? core.busy)
      return LiveStatus.Core(number: core.number, utilization: Double(busy) / Double(now - first.time))
    }
  }
}
