import Analysis
import Arguments
import Formatting
import Harness
import Load
import Platform
import Records
import Report

/// `scaleup load`: arguments → settings → generator → record → report.
enum LoadCommand: Subcommand {
  static let command = Command(
    "scaleup load",
    summary:
      "Send requests to an HTTP server and measure its latencies, counted from the moment each was due.",
    examples: [
      "scaleup load http://127.0.0.1:8080/ --rate 1000",
      "scaleup load http://127.0.0.1:8080/ --paths /api/1e6=3,/healthcheck --rate 500",
      "scaleup load http://127.0.0.1:8080/ --connections 32",
      "scaleup load http://127.0.0.1:8080/api/1e6 --traffic daily --rate 50 --every 1",
      "scaleup load 'http://127.0.0.1:8080/jobs?path=/api/1e6' --method POST --rate 20",
    ]
  ) { line throws(UsageError) in try LoadArguments(&line) }

  static func run(_ arguments: LoadArguments) throws -> ProgramOutput {
    if let file = arguments.histogramFile { try check(file) }
    let settings = try settings(of: arguments)
    let startedAt = UTCTime.now()
    let outcome = try measure(settings, arguments)
    guard var record = outcome.record else {
      Notes(isQuiet: arguments.isQuiet).say(["interrupted before anything was measured"])
      return ProgramOutput(status: 128 + (outcome.signal ?? 0))
    }
    record.url = arguments.urlText
    record.startedAt = startedAt.text
    record.traffic = arguments.trafficName
    if outcome.signal != nil {
      let time = Readable.duration(nanoseconds: Double(record.duration))
      Notes(isQuiet: arguments.isQuiet).say(["interrupted after \(time)"])
    }
    if let file = arguments.histogramFile {
      try File.replace(file, with: Array(record.latency.hgrmText.utf8))
    }
    return ProgramOutput(
      output: arguments.isJSON ? try record.text() : loadReport(of: record, style: Terminal.outputStyle),
      status: outcome.signal.map { 128 + $0 } ?? status(of: record))
  }

  private static func settings(of arguments: LoadArguments) throws -> LoadSettings {
    let target: LoadTarget
    do throws(LoadTarget.Problem) {
      target = try LoadTarget(arguments.url, isRemoteAllowed: arguments.isRemoteAllowed)
    } catch {
      let isUsage = if case .remote = error { true } else { false }
      throw CommandFailure(message: "\(error)", status: isUsage ? UsageError.exitStatus : 1)
    }
    let (pace, duration) = try arguments.pace()
    var settings = LoadSettings(
      target, paths: arguments.paths, pace: pace, connections: arguments.connections)
    (settings.duration, settings.warmUp) = (duration, arguments.warmUp)
    (settings.timeout, settings.method) = (arguments.timeout, arguments.method)
    (settings.threads, settings.seed) = (arguments.threads, arguments.seed)
    settings.opensConnectionPerRequest = arguments.opensConnectionPerRequest
    return settings
  }

  /// Runs the generator, with a line on the terminal that shows its state. A signal ends the run in order.
  private static func measure(
    _ settings: LoadSettings, _ arguments: LoadArguments
  ) throws -> Generator.Outcome {
    let generator: Generator
    do throws(LoadError) {
      generator = try Generator(settings)
    } catch {
      throw UsageError.other("\(error)")
    }
    let signals = try SignalPipe(SignalPipe.endRequests)
    let line = ProgressLine(isQuiet: arguments.isQuiet)
    defer { line.clear() }
    return try generator.run(
      signals: signals, view: line.isShown ? { line.show(status(of: $0, settings)) } : nil)
  }

  private static func status(of progress: LoadProgress, _ settings: LoadSettings) -> String {
    loadStatus(
      elapsed: progress.elapsed, of: settings.warmUp + settings.duration, rate: progress.rate,
      asked: settings.askedRate,
      latency: progress.latency, failed: progress.failed)
  }

  /// Returns the exit status: 1 if an answer was wrong, or if no request was answered although some were due.
  private static func status(of record: LoadRecord) -> Int32 {
    let hasRequests = (record.due ?? record.sent + record.errors.total) > 0
    return record.errors[.wrongAnswer] > 0 || (hasRequests && record.answered == 0) ? 1 : 0
  }

  /// Checks before the run that a file can be written after it.
  private static func check(_ file: String) throws(CommandFailure) {
    do throws(SystemError) {
      try File.checkReplaceable(file)
    } catch {
      throw CommandFailure(message: "\(error)", status: UsageError.exitStatus)
    }
  }
}
