import Foundation
import Records
import TestSupport
import Testing

@testable import Harness

/// Whatever comes from models, files and users is read or refused in one line: no crash, no hang.
@Suite("Fuzzed input", .timeLimit(.minutes(10)))
struct FuzzTests {
  @Test("of reports of trials is a right answer or a problem on one line")
  func trials() throws {
    let asked = sum("fork", 2, upTo: 100)
    var report = TrialRecord(result: ExactInteger(5050), region: 12)
    (report.model, report.workload, report.workers, report.upTo) = ("fork", "sum", 2, 100)
    report.shares = (0..<2).map { worker in
      Share(
        worker: worker, range: .init(lower: 0, upper: 51), result: ExactInteger(2525), begin: 1, end: 9,
        cpuTime: 8,
        core: 1, peakMemory: 4096)
    }
    report.regions = nil
    var fuzz = Fuzz([report.jsonText, #"{"schema":"scaleup.trial/1","result":"5050","region":12}"#], seed: 1)
    let accepted = fuzz.run(25_000) { text in
      do throws(ReportError) {
        let report = try asked.checkedReport(text)
        #expect(report.result == ExactInteger(5050) && report.region > 0)
        return true
      } catch {
        #expect(!error.description.contains("\n"))
        return false
      }
    }
    #expect(accepted > 100)
  }

  @Test("of saved runs is a run or a problem on one line")
  func runs() throws {
    var random = RandomRuns(seed: 19)
    let seeds = try (0..<20).map { try RunEncoder.text(of: random.run(trials: $0 % 4)) }
    var fuzz = Fuzz(seeds + [try RunEncoder.text(of: smallRun())], seed: 2, changesNumbersMostly: true)
    let accepted = fuzz.run(10_000) { text in
      do throws(JSON.ReadError) {
        _ = try JSON.decode(RunRecord.self, from: text)
        return true
      } catch {
        #expect(!error.description.contains("\n"))
        return false
      }
    }
    #expect(accepted > 100)
  }

  @Test("of descriptions of models and manifests of peers is one or a problem")
  func descriptions() {
    var fuzz = Fuzz(
      [
        #"{"schema":"scaleup.model/1","model":"python","summary":"one","version":"1","maximumWorkers":1,"workloads":[{"name":"sum","summary":"add","extent":"numbers","kernels":["scalar"]}]}"#,
        #"{"schema":"scaleup.peer/1","model":"c-openmp","title":"C","sources":["main.c"],"build":["gcc","-O2"],"run":["{build}/x"]}"#,
      ], seed: 3)
    let accepted = fuzz.run(5_000) { text in
      (try? JSON.decode(ModelDescription.self, from: text)) != nil
        || (try? JSON.decode(PeerManifest.self, from: text)) != nil
    }
    #expect(accepted > 50)
  }
}
