import Arguments

extension ModelProgram {
  /// The meaning of a command line.
  enum Request {
    /// An answer without a computation, such as help or a usage error.
    case answer(ProgramOutput)
    /// A service.
    case service(ServiceArguments)
    /// A job, and whether to print its record as JSON.
    case job(Job, json: Bool)
  }

  /// The name of the executable.
  var name: String { "scaleup-\(model)" }

  /// Reads a command line, the executable's own name first.
  ///
  /// - Parameter ranks: Returns the number of processes that the launcher started, given the threads per
  ///   process; only called for a model with a launcher.
  func request(_ arguments: [String], ranks: (Int) throws -> Int = { _ in 1 }) -> Request {
    let words = Array(arguments.dropFirst())
    var command = name
    do throws(UsageError) {
      if serve != nil, words.first == Self.serveWord {
        command = "\(name) \(Self.serveWord)"
        return try serviceRequest(command, Array(words.dropFirst()))
      }
      let first = try firstWord(words)
      guard let workload = first else { return .answer(try ownAnswer(words)) }
      command = "\(name) \(workload.name)"
      return try request(command, workload, Array(words.dropFirst()), ranks)
    } catch {
      return .answer(
        ProgramOutput(error: "\(name): \(error.message(for: command))\n", status: UsageError.exitStatus))
    }
  }

  /// Returns the workload that the first word names, or `nil` if the first word is an option.
  private func firstWord(_ words: [String]) throws(UsageError) -> Workload? {
    guard let word = words.first else { throw missingWorkload }
    if word.hasPrefix("-") { return nil }
    let known = workloads.map(\.name) + (serve == nil ? [] : [Self.serveWord])
    guard let workload = workloads.first(where: { $0.name == word }) else {
      throw .unknownWord(word, kind: "workload", known: known, nearest: nearestWord(to: word, among: known))
    }
    return workload
  }

  private var missingWorkload: UsageError {
    .missingWord("WORKLOAD", meaning: workloads.map(\.name).joined(separator: " or "))
  }

  /// Answers a command line without a workload: help, version, description.
  private func ownAnswer(_ words: [String]) throws(UsageError) -> ProgramOutput {
    let describe = Flag("describe", help: "print this executable's capabilities, as a scaleup.model/1 record")
    let command = Command("\(name) WORKLOAD", summary: summary) { line in
      (isVersion: line.has(.version), isDescription: line.has(describe))
    }
    switch try command.parse(words) {
    case .help(let text):
      let list = workloads.map { HelpEntry($0.name, $0.summary) }
      let service = [HelpEntry(Self.serveWord, Self.serveSummary)]
      return ProgramOutput(
        output: "\(text)\nWorkloads\n\(helpList(list))"
          + (serve == nil ? "" : "\nService\n\(helpList(service))"))
    case .arguments((isVersion: true, _)): return ProgramOutput(output: "\(name) \(suiteVersion)\n")
    case .arguments((_, isDescription: true)): return ProgramOutput(output: description.jsonText + "\n")
    case .arguments: throw missingWorkload
    }
  }

  private func request(
    _ command: String, _ workload: Workload, _ words: [String], _ ranks: (Int) throws -> Int
  ) throws(UsageError) -> Request {
    let command = Command(command, summary: "\(workload.summary) (\(summary))") { line in
      JobArguments(&line, workload, of: self)
    }
    if maximumWorkers == 1, !workload.kernels.isEmpty, !workload.hasArrays { try checkSchedule(words) }
    switch try command.parse(words) {
    case .help(let text):
      return .answer(ProgramOutput(output: text))
    case .arguments(let arguments):
      let count: Int?
      do {
        count = isLaunched ? try ranks(arguments.threadsPerRank) : nil
      } catch {
        return .answer(ProgramOutput(error: "\(name): \(error)\n", status: UsageError.exitStatus))
      }
      return .job(try arguments.job(ranks: count), json: arguments.isJSON)
    }
  }

  private func checkSchedule(_ words: [String]) throws(UsageError) {
    let names = ["--schedule", "--grain"]
    let given = words.lazy.map { $0.prefix { $0 != "=" } }.first { names.contains(String($0)) }
    guard let given else { return }
    throw .other("\(given) has no effect with one worker (leave it out)")
  }

  private var description: ModelDescription {
    ModelDescription(
      model: model, summary: summary, version: suiteVersion, maximumWorkers: maximumWorkers,
      isLaunched: isLaunched ? true : nil,
      schedules: usesChunks ? Schedule.Kind.allCases.map(\.rawValue) : nil,
      replacesWorkers: replacesWorkers ? true : nil,
      placement: isLaunched ? nil : placesWorkers ? .workers : .process,
      serves: serve == nil ? nil : true,
      workloads: workloads.map { workload in
        let extent: ModelDescription.Workload.Extent =
          switch workload.work {
          case .numbers, .arrays: .numbers
          case .period: .period
          }
        return .init(
          name: workload.name, summary: workload.summary, extent: extent,
          kernels: workload.kernels.map(\.name),
          operations: workload.hasArrays ? StreamOperation.allCases.map(\.rawValue) : nil)
      })
  }
}
