import Foundation
import Platform
import Records
import TestSupport
import Testing

@testable import Harness

extension WorkshopTests {
  /// Trials of real commands.
  struct CommandTrialTests {
    private static let minute: UInt64 = 60_000_000_000

    private func outcome(
      _ line: String, workers: Int = 1, isParallel: Bool = false, timeout: UInt64 = minute,
      _ change: (inout UserCommand.Settings) -> Void = { _ in }
    ) throws -> TrialOutcome {
      var settings = UserCommand.Settings()
      settings.isParallel = isParallel
      change(&settings)
      let command = try UserCommand(
        name: "x", line: line, prepare: nil, settings, searchPath: "/usr/bin:/bin")
      let model = command.model(maximumWorkers: 64)
      let runner = ChildRunner(signals: try SignalPipe([SignalPipe.childEnded]))
      let configuration = Configuration(
        model: "x", workload: "command", workers: workers, command: command.work)
      return try ExecutableTrialRunner(ModelCatalog(models: [model]), runner).run(
        configuration, timeout: timeout)
    }

    private func failure(_ outcome: TrialOutcome) -> String? {
      if case .failed(let reason, _) = outcome { reason } else { nil }
    }

    private func report(_ outcome: TrialOutcome) throws -> TrialRecord {
      guard case .measured(_, let report) = outcome else {
        throw Failed(reason: failure(outcome) ?? "")
      }
      return report
    }

    private struct Failed: Error { let reason: String }

    @Test(
      "a command is measured from outside: its region is its wall time, and its CPU time that of its whole tree"
    )
    func measured() throws {
      // A grandchild that computes, reaped by its parent.
      let loop = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done"
      let outcome = try outcome("sh -c '(\(loop)) & wait; exit 0' {workers}")
      let report = try report(outcome)
      let process = try #require(outcome.process)
      #expect(report.region == process.wall && report.result == ExactInteger(1))
      #expect(process.userTime + process.systemTime > 5_000_000)
      #expect(report.shares == nil && report.outputHash == nil && report.leftBehind == nil)
    }

    @Test("the words, the environment, the directory and the input reach the command, and it has no terminal")
    func surroundings() throws {
      let script = """
        read word && [ "$word" = hello ] && [ "$N" = 3 ] && [ "$0" = "a b" ] && [ "$(pwd -P)" = "$(cd /tmp && pwd -P)" ] \
        && ! (: </dev/tty) 2>/dev/null
        """
      try withTemporaryFolder { folder in
        try write("hello\n".utf8, to: "\(folder)/in put")
        let outcome = try outcome("sh -c '\(script)' 'a b' {workers}", workers: 3) { settings in
          settings.environment = ["N={workers}"]
          (settings.directory, settings.input) = ("/tmp", "\(folder)/in put")
        }
        #expect(failure(outcome) == nil)
      }
    }

    @Test("without an input there is none, and gigabytes of output cost no memory")
    func streams() throws {
      #expect(failure(try outcome("sh -c 'head -c 3000000000 /dev/zero; ! read word' {workers}")) == nil)
    }

    @Test(
      "a command fails with another exit status than expected, by a signal, or if it cannot be started",
      arguments: [
        ("sh -c 'echo oops at /a/b >&2; exit 3' {workers}", "x exited with status 3: oops at b"),
        ("sh -c 'kill -9 $$' {workers}", "x was killed by SIGKILL"),
        ("./nowhere {workers}", "x failed: cannot start: No such file or directory (errno 2)"),
      ])
    func failures(line: String, reason: String) throws {
      #expect(failure(try outcome(line)) == reason)
    }

    @Test("other exit statuses can be expected")
    func statuses() throws {
      let settings = { (settings: inout UserCommand.Settings) in settings.expectedStatuses = [1, 3] }
      #expect(failure(try outcome("sh -c 'exit 3' {workers}", settings)) == nil)
      #expect(
        failure(try outcome("true {workers}", settings)) == "x exited with status 0 (expected 1 or 3)")
    }

    @Test("a command that hangs is ended at the time limit, with its group")
    func timeout() throws {
      let outcome = try outcome("sh -c 'sleep 1000 & sleep 1000' {workers}", timeout: 50_000_000)
      #expect(failure(outcome) == "x did not end within 50.00 ms and was killed")
    }

    @Test("outputs are compared by their hashes")
    func outputs() throws {
      let settings = { (settings: inout UserCommand.Settings) in settings.comparesOutput = true }
      let one = try report(try outcome("printf foobar{workers}", settings)).outputHash
      var hash = StreamHash()
      hash.add(Array("foobar1".utf8))
      #expect(one == ExactInteger(UInt128(hash.value)))
      #expect(try report(try outcome("printf foobar2", settings)).outputHash != one)
    }

    @Test("several executions at once end with the last, and each knows its number")
    func parallel() throws {
      try withTemporaryFolder { folder in
        let line = "sh -c 'echo $0 >\"$1\"; sleep 0.0$0' {copy} '\(folder)/{copy}'"
        let report = try report(try outcome(line, workers: 3, isParallel: true))
        #expect(report.result == ExactInteger(3) && report.workers == 3)
        #expect(report.region >= 30_000_000)
        #expect(try File.names(in: folder) == ["1", "2", "3"])
      }
    }

    @Test("one failed execution of several at once fails the trial, and so do different outputs")
    func parallelFailures() throws {
      #expect(
        failure(try outcome("sh -c 'exit $(($0 / 2))' {copy}", workers: 3, isParallel: true))
          == "x exited with status 1")
      let outcome = try outcome("echo {copy}", workers: 2, isParallel: true) { $0.comparesOutput = true }
      #expect(failure(outcome) == "x printed different outputs in executions at once")
    }

    @Test("a failed preparation fails the trial")
    func preparation() throws {
      let command = try UserCommand(
        name: "x", line: "true {workers}", prepare: "sh -c 'exit {workers}'", .init(),
        searchPath: "/usr/bin:/bin")
      let runner = ExecutableTrialRunner(
        ModelCatalog(models: [command.model(maximumWorkers: 8)]),
        ChildRunner(signals: try SignalPipe([SignalPipe.childEnded])))
      let configuration = Configuration(model: "x", workload: "command", workers: 2, command: command.work)
      #expect(
        failure(try runner.run(configuration, timeout: Self.minute)) == "--prepare exited with status 2")
    }
  }
}
