import Foundation
import Platform
import Records
import Testing

@testable import Harness

extension WorkshopTests {
  /// Models and peers whose files are replaced while trials run.
  struct ReplacedModelTests {
    private static let report = #"{"schema":"scaleup.trial/1","result":"500500","region":1}"#
    private static let replaced = "was replaced during the run (start a new run)"

    /// Runs a trial of `sum`.
    private func outcome(of model: InstalledModel) throws -> TrialOutcome {
      let runner = ChildRunner(signals: try SignalPipe([SignalPipe.childEnded]))
      let trials = ExecutableTrialRunner(ModelCatalog(models: [model]), runner)
      return try trials.run(
        Configuration(
          model: model.description.model, isPeer: model.isPeer ? true : nil, workload: "sum", workers: 1,
          upTo: 1000), timeout: 60_000_000_000)
    }

    private func isMeasured(_ outcome: TrialOutcome) -> Bool {
      if case .measured = outcome { true } else { false }
    }

    /// Replaces a file by a copy of itself, as an installation does.
    private func replace(_ path: String) throws {
      try FileManager.default.copyItem(atPath: path, toPath: "\(path).new")
      try #require(rename("\(path).new", path) == 0)
    }

    @Test("an executable that is replaced, even by the same one, fails every later trial")
    func executable() throws {
      try withPeerWorkshop { workshop in
        let path = "\(workshop.tools)/scaleup-x"
        try workshop.script(path, "echo '\(Self.report)'")
        let model = InstalledModel(path: path, description: describe("x"))
        #expect(isMeasured(try outcome(of: model)))
        try replace(path)
        for _ in 0..<2 {
          #expect(try outcome(of: model) == .failed(reason: "scaleup-x \(Self.replaced)", nil))
        }
        #expect(isMeasured(try outcome(of: InstalledModel(path: path, description: describe("x")))))
      }
    }

    @Test("an executable that is written during a trial fails this trial")
    func during() throws {
      try withPeerWorkshop { workshop in
        let path = "\(workshop.tools)/scaleup-x"
        try workshop.script(path, "echo '\(Self.report)'; cp \"$0\" \"$0.new\"; mv \"$0.new\" \"$0\"")
        let model = InstalledModel(path: path, description: describe("x"))
        guard case .failed(let reason, let process) = try outcome(of: model) else {
          Issue.record("the trial counted")
          return
        }
        #expect(reason == "scaleup-x \(Self.replaced)" && process != nil)
      }
    }

    @Test("the script of an interpreter and the classes of a directory are part of a peer")
    func script() throws {
      try withPeerWorkshop { workshop in
        let (script, directory) = ("\(workshop.sources)/main.sh", "\(workshop.sources)/classes")
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        try write("echo '\(Self.report)'".utf8, to: script)
        try write("class".utf8, to: "\(directory)/Main.class")
        for file in [script, "\(directory)/Main.class"] {
          let peer = InstalledModel(
            path: "/bin/sh", leadingArguments: [script, directory], description: describe("shell"),
            isPeer: true)
          #expect(isMeasured(try outcome(of: peer)))
          try replace(file)
          #expect(try outcome(of: peer) == .failed(reason: "shell \(Self.replaced)", nil))
        }
      }
    }

    private func describe(_ name: String) -> ModelDescription {
      ModelDescription(
        model: name, summary: "", version: "", maximumWorkers: 4, workloads: [sumWorkload])
    }
  }
}
