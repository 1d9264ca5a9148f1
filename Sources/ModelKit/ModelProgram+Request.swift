import Arguments

extension ModelProgram {
  /// What a command line asks for.
  enum Request {
    /// Something that is told without computing; the command line may also be wrong.
    case answer(ProgramOutput)
    /// A job, and whether its record is wanted as JSON.
    case job(Job, json: Bool)
  }

  /// The name of the executable.
  var name: String { "scaleup-\(model)" }

  /// Reads a command line, the executable's own name first.
  ///
  /// - Parameter ranks: For a model with a launcher: how many processes that has started, with so many threads each.
  func request(_ arguments: [String], ranks: (Int) throws -> Int = { _ in 1 }) -> Request {
    let words = Array(arguments.dropFirst())
    var command = name
    do throws(UsageError) {
      let first = try firstWord(words)
      guard let workload = first else { return .answer(try ownAnswer(words)) }
      command = "\(name) \(workload.name)"
      return try request(command, workload, Array(words.dropFirst()), ranks)
    } catch {
      return .answer(
        ProgramOutput(error: "\(name): \(error.message(for: command))\n", status: UsageError.exitStatus))
    }
  }

  /// The workload that the first word names; `nil` where the first word is an option.
  private func firstWord(_ words: [String]) throws(UsageError) -> Workload? {
    guard let word = words.first else { throw missingWorkload }
    if word.hasPrefix("-") { return nil }
    let known = workloads.map(\.name)
    guard let workload = workloads.first(where: { $0.name == word }) else {
      throw .unknownWord(word, kind: "workload", known: known, nearest: nearestWord(to: word, among: known))
    }
    return workload
  }

  private var missingWorkload: UsageError {
    let known = workloads.map(\.name)
    return .missingWord(expected: "the workload (\(known.joined(separator: " or ")))", example: known[0])
  }

  /// What is answered without a workload: help, version, description.
  private func ownAnswer(_ words: [String]) throws(UsageError) -> ProgramOutput {
    let command = Command(
      "\(name) WORKLOAD", summary: summary,
      options: [ModelOptions.describe.syntax, Flag.version.syntax])
    let matches = try command.parse(words)
    if matches.has(.help) {
      let list = workloads.map { (term: $0.name, help: $0.summary) }
      return ProgramOutput(output: "\(command.help)\nworkloads:\n\(helpList(list))")
    }
    if matches.has(.version) { return ProgramOutput(output: "\(name) \(suiteVersion)\n") }
    if matches.has(ModelOptions.describe) { return ProgramOutput(output: description.jsonText + "\n") }
    throw missingWorkload
  }

  private func request(
    _ command: String, _ workload: Workload, _ words: [String], _ ranks: (Int) throws -> Int
  ) throws(UsageError) -> Request {
    let options = ModelOptions(
      of: workload, mostWorkers: maximumWorkers, dealsInChunks: dealsInChunks,
      replacesWorkers: replacesWorkers, isLaunched: isLaunched)
    let syntax = Command(command, summary: "\(workload.summary) (\(summary))", options: options.syntax)
    if maximumWorkers == 1, !workload.kernels.isEmpty { try refuseSchedule(words) }
    let matches = try syntax.parse(words)
    if matches.has(.help) { return .answer(ProgramOutput(output: syntax.help)) }
    let count: Int?
    do {
      count = isLaunched ? try ranks(options.threadsPerRank(matches)) : nil
    } catch {
      return .answer(ProgramOutput(error: "\(name): \(error)\n", status: UsageError.exitStatus))
    }
    return .job(try options.job(matches, ranks: count), json: matches.has(ModelOptions.json))
  }

  private func refuseSchedule(_ words: [String]) throws(UsageError) {
    let names = [ModelOptions.schedule.name, ModelOptions.grain.name].map { "--\($0)" }
    let given = words.lazy.map { $0.prefix { $0 != "=" } }.first { names.contains(String($0)) }
    guard let given else { return }
    throw .other("\(given) deals work to several workers, and the model '\(model)' has one; leave it out")
  }

  private var description: ModelDescription {
    ModelDescription(
      model: model, summary: summary, version: suiteVersion, maximumWorkers: maximumWorkers,
      isLaunched: isLaunched ? true : nil,
      schedules: dealsInChunks ? Schedule.Kind.allCases.map(\.rawValue) : nil,
      replacesWorkers: replacesWorkers ? true : nil,
      workloads: workloads.map { workload in
        let extent: ModelDescription.Workload.Extent =
          switch workload.work {
          case .numbers: .numbers
          case .period: .period
          }
        return .init(
          name: workload.name, summary: workload.summary, extent: extent,
          kernels: workload.kernels.map(\.name))
      })
  }
}
