import Arguments
import Fleet
import Formatting
import Platform
import Records

/// `scaleup jobs`: arguments → settings → queue.
enum JobsCommand: Subcommand {
  static let command = Command(
    "scaleup jobs",
    summary: "Queue jobs sent over HTTP and run each on a server, again if it fails.",
    examples: [
      "scaleup jobs --target 127.0.0.1:8081 --journal results/jobs.journal",
      "scaleup jobs --target 127.0.0.1:8081 --redis redis://127.0.0.1:6379",
      "curl -d /api/1000000 http://127.0.0.1:8080/jobs",
      "curl http://127.0.0.1:8080/jobs/1",
    ]
  ) { line throws(UsageError) in try JobsArguments(&line) }

  static func run(_ arguments: JobsArguments) throws -> ProgramOutput {
    let settings = arguments.settings
    let notes = Notes(isQuiet: arguments.isQuiet)
    let output = JobServer.Output(
      ready: { port in
        let record = ServiceRecord(
          model: "jobs", workers: 1, address: settings.address, port: port,
          process: Int(ThisProcess.identifier))
        try StandardStream.output.write(
          arguments.isJSON || settings.isControlled
            ? record.jsonText + "\n"
            : "jobs: http://\(socketName(settings.address, port))/jobs (process \(record.process))\n")
      },
      status: { try StandardStream.output.write($0.jsonText + "\n") },
      note: { notes.say([$0]) })
    switch try server(settings, output).run() {
    case .inputEnded: return ProgramOutput()
    case .signal(let signal): return ProgramOutput(status: 128 + signal)
    }
  }

  /// Opens the queue. What its settings say and the machine does not allow is a mistake of usage.
  private static func server(
    _ settings: JobSettings, _ output: JobServer.Output
  ) throws(CommandFailure) -> JobServer {
    do throws(JobServerError) {
      return try JobServer(settings, output)
    } catch {
      throw CommandFailure(message: "\(error)", status: UsageError.exitStatus)
    }
  }
}
