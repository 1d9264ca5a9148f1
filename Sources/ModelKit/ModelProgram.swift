/// The program around a model: its command line, the check of its answer, and what it prints.
public struct ModelProgram: Sendable {
  /// The model's name; its executable is `scaleup-` and this.
  public let model: String
  /// One line that says how it runs workers.
  public let summary: String
  /// The most workers it takes.
  public let maximumWorkers: Int
  /// The workloads it has.
  let workloads: [Workload]

  /// Describes a model; where nothing else is said it takes up to 4096 workers and has every workload.
  public init(
    model: String, summary: String, maximumWorkers: Int = 4096, workloads: [Workload] = Workload.all
  ) {
    self.model = model
    self.summary = summary
    self.maximumWorkers = maximumWorkers
    self.workloads = workloads
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
}

/// A result that is not what the closed form gives.
struct WrongResult: Error, CustomStringConvertible {
  let found: ExactInteger
  let right: ExactInteger

  var description: String {
    "the result is wrong: \(found) was computed, \(right) is right; no time is reported for it"
  }
}
