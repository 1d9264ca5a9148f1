import Foundation
import Harness
import Records
import Testing

/// Workers that a model has replaced, as a run asks for it and reports it. The model is a stand-in for `scaleup-fork`.
@Suite(.blocking) struct RestartTests {
  private static let record =
    #"{"schema":"scaleup.trial/1","result":"500500","region":1000,"restarts":["#
    + #"{"worker":0,"region":0,"cause":"was killed by SIGKILL","at":500,"lost":400},"#
    + #"{"worker":1,"region":0,"cause":"did not report for 3.000 s and was killed","at":900,"lost":800}]}"#

  @Test("replaced workers are counted in the table, in CSV and in the saved run")
  func replacedWorkers() throws {
    let folder = try folder()
    let outcome = try run([], in: folder)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    let restarts = try #require(RunFile.read("\(folder.path)/run.json").trials.first?.report?.restarts)
    #expect(restarts.map(\.worker) == [0, 1])
    #expect(
      outcome.output.contains("restarts") && outcome.output.contains("\nWorkers were lost and replaced")
    )
    let csv = try Program("scaleup").run(["report", "run.json", "--format", "csv"], in: folder).output
    let rows = csv.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(rows.first?.firstIndex(of: "restarts"))
    #expect(rows.dropFirst().map { $0[column] } == ["2"])
  }

  @Test("a run tells the model how many workers to replace, and after what time")
  func runTells() throws {
    let folder = try folder()
    #expect(try run(["--timeout", "4", "--retries", "7"], in: folder).status == 0)
    let call = try #require(folder.text("calls")?.split(separator: "\n").last)
    #expect(call == "sum --workers 2 --json --upto 1000 --timeout 3.000 --retries 7")
  }

  private func folder() throws -> Folder {
    let folder = try Folder()
    try folder.install(["scaleup"])
    try folder.write(
      """
      #!/bin/sh
      if [ "$1" = --describe ]; then exec '\(try Program("scaleup-fork").path)' --describe; fi
      echo "$@" >>calls
      echo '\(Self.record)'

      """, to: "scaleup-fork", isExecutable: true)
    return folder
  }

  private func run(_ options: [String], in folder: Folder) throws -> Program.Outcome {
    try Program(path: "\(folder.path)/scaleup").run(
      [
        "--model", "fork", "--workload", "sum", "--kernel", "scalar", "--upto", "1000", "--workers", "2",
        "--trials", "1", "--warmup", "0", "--output", "run.json",
      ] + options, in: folder)
  }
}
