import Arguments

/// The program around a model: its command line, the check of its answer, and what it prints.
public struct ModelProgram: Sendable {
  /// The model's name; its executable is `scaleup-` and this.
  public let model: String
  /// One line that says how it runs workers.
  public let summary: String
  /// The most workers it takes.
  public let maximumWorkers: Int

  /// Describes a model; it takes up to 4096 workers where nothing else is said.
  public init(model: String, summary: String, maximumWorkers: Int = 4096) {
    self.model = model
    self.summary = summary
    self.maximumWorkers = maximumWorkers
  }

  /// Carries out a command line with a model that does not suspend.
  ///
  /// - Parameters:
  ///   - arguments: The words of the command line, the executable's own first.
  ///   - body: The model: creates the workers, lets each do its part, and finishes the region.
  /// - Returns: What to print and the exit status.
  public func run(_ arguments: [String], _ body: (Job) throws -> TrialRecord) -> ProgramOutput {
    switch request(arguments) {
    case .answer(let output): output
    case .job(let job, let json): output(json: json, Result { try body(job) })
    }
  }

  /// Carries out a command line with a model that suspends.
  ///
  /// - Parameters:
  ///   - arguments: The words of the command line, the executable's own first.
  ///   - body: The model: creates the workers, lets each do its part, and finishes the region.
  /// - Returns: What to print and the exit status.
  public func run(_ arguments: [String], _ body: (Job) async throws -> TrialRecord) async -> ProgramOutput {
    switch request(arguments) {
    case .answer(let output): return output
    case .job(let job, let json):
      do {
        return output(json: json, .success(try await body(job)))
      } catch {
        return output(json: json, .failure(error))
      }
    }
  }

  private enum Request {
    case answer(ProgramOutput)
    case job(Job, json: Bool)
  }

  private var name: String { "scaleup-\(model)" }

  private func request(_ arguments: [String]) -> Request {
    let words = Array(arguments.dropFirst())
    var command = name
    do throws(UsageError) {
      let first = try firstWord(words)
      guard let workload = first else { return .answer(try ownAnswer(words)) }
      command = "\(name) \(workload.name)"
      return try request(command, workload, Array(words.dropFirst()))
    } catch {
      return .answer(
        ProgramOutput(error: "\(name): \(error.message(for: command))\n", status: UsageError.exitStatus))
    }
  }

  /// The workload that the first word names; `nil` where the first word is an option.
  private func firstWord(_ words: [String]) throws(UsageError) -> Workload? {
    guard let word = words.first else { throw missingWorkload }
    if word.hasPrefix("-") { return nil }
    let known = Workload.all.map(\.name)
    guard let workload = Workload.all.first(where: { $0.name == word }) else {
      throw .unknownWord(word, kind: "workload", known: known, nearest: nearestWord(to: word, among: known))
    }
    return workload
  }

  private var missingWorkload: UsageError {
    let known = Workload.all.map(\.name)
    return .missingWord(expected: "the workload (\(known.joined(separator: " or ")))", example: known[0])
  }

  /// What is answered without a workload: help, version, description.
  private func ownAnswer(_ words: [String]) throws(UsageError) -> ProgramOutput {
    let command = Command(
      "\(name) WORKLOAD", summary: summary,
      options: [ModelOptions.describe.syntax, Flag.version.syntax])
    let matches = try command.parse(words)
    if matches.has(.help) {
      let workloads = Workload.all.map { (term: $0.name, help: $0.summary) }
      return ProgramOutput(output: "\(command.help)\nworkloads:\n\(helpList(workloads))")
    }
    if matches.has(.version) { return ProgramOutput(output: "\(name) \(suiteVersion)\n") }
    if matches.has(ModelOptions.describe) { return ProgramOutput(output: description.jsonText + "\n") }
    throw missingWorkload
  }

  private func request(
    _ command: String, _ workload: Workload, _ words: [String]
  ) throws(UsageError) -> Request {
    let syntax = Command(
      command, summary: "\(workload.summary) (\(summary))",
      options: ModelOptions.syntax(of: workload, mostWorkers: maximumWorkers))
    let matches = try syntax.parse(words)
    if matches.has(.help) { return .answer(ProgramOutput(output: syntax.help)) }
    let extent: Job.Extent =
      switch workload.work {
      case .numbers: .upTo(matches.value(of: ModelOptions.upTo) ?? 1_000_000_000)
      case .period:
        .period(
          length: matches.value(of: ModelOptions.seconds)?.nanoseconds ?? 1_000_000_000,
          load: matches.value(of: ModelOptions.load) ?? 100)
      }
    let workers =
      matches.value(of: ModelOptions.workers(atMost: maximumWorkers))
      ?? min(CPULimits.ofThisProcess().effective, maximumWorkers)
    return .job(Job(workload, workers: workers, extent: extent), json: matches.has(ModelOptions.json))
  }

  /// A wrong answer is told instead of everything else.
  private func output(json: Bool, _ outcome: Result<TrialRecord, any Error>) -> ProgramOutput {
    do {
      var record = try outcome.get()
      record.model = model
      if let upTo = record.upTo, let right = ClosedForm.result(of: record.workload ?? "", upTo: upTo),
        right != record.result
      {
        throw WrongResult(found: record.result, right: right)
      }
      return ProgramOutput(output: json ? record.jsonText + "\n" : account(of: record))
    } catch {
      return ProgramOutput(error: "\(name): \(error)\n", status: 1)
    }
  }

  private var description: ModelDescription {
    ModelDescription(
      model: model, summary: summary, version: suiteVersion, maximumWorkers: maximumWorkers,
      workloads: Workload.all.map { workload in
        let extent: ModelDescription.Workload.Extent =
          switch workload.work {
          case .numbers: .numbers
          case .period: .period
          }
        return .init(name: workload.name, summary: workload.summary, extent: extent, unit: workload.unit)
      })
  }
}

/// A result that is not what the closed form gives.
struct WrongResult: Error, CustomStringConvertible {
  let found: ExactInteger
  let right: ExactInteger

  var description: String {
    "the result is wrong: \(found) was computed, \(right) is right; no time is reported for it"
  }
}
