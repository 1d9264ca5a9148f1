import Arguments

/// The command `serve`.
extension ModelProgram {
  static let serveWord = "serve"
  static let serveSummary = "serve HTTP until SIGTERM: / /healthcheck /api/:n /wait/:ms /metrics"

  /// Reads the words that follow `serve`.
  func serviceRequest(_ command: String, _ words: [String]) throws(UsageError) -> Request {
    let command = Command(command, summary: "\(Self.serveSummary) (\(summary))") { line throws(UsageError) in
      try ServiceArguments(&line, of: self)
    }
    switch try command.parse(words) {
    case .help(let text): return .answer(ProgramOutput(output: text))
    case .arguments(let arguments): return .service(arguments)
    }
  }

  /// Serves until a request to end, and says what went wrong if it did not end in order.
  func runService(_ arguments: ServiceArguments) -> ProgramOutput {
    do {
      Processor.preferFastCores()
      let service = try Service(model: model, arguments, drainingAt: SignalPipe.endRequests)
      if try service.waitForStartUp() { try serve?(service) }
      return ProgramOutput()
    } catch let error as ServiceError {
      return ProgramOutput(error: "\(name): \(error)\n", status: error.status)
    } catch {
      return failure(error)
    }
  }
}

/// The time before the service listens.
extension Service {
  /// Waits for the start-up time, without using the CPU.
  ///
  /// - Returns: Whether to listen; `false` if a signal has asked the service to end.
  /// - Throws: `SystemError`.
  func waitForStartUp() throws(SystemError) -> Bool {
    let end = Clock.monotonic.now() + startUp
    while true {
      let now = Clock.monotonic.now()
      if now >= end { return true }
      _ = try poll([signals.descriptor], for: end - now)
      if !signals.take().isEmpty { return false }
    }
  }
}
