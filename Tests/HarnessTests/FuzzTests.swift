import Foundation
import Records
import TestSupport
import Testing

@testable import Harness

/// Whatever comes from models, files and users is read or refused in one line: no crash, no hang.
@Suite(.timeLimit(.minutes(10)))
struct FuzzTests {
  @Test("any trial report is a right answer or a problem on one line")
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
    let seeds = [report.jsonText, #"{"schema":"scaleup.trial/1","result":"5050","region":12}"#]
    for text in seeds { _ = try asked.checkedReport(text) }
    var fuzz = Fuzz(seeds, seed: 1)
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

  @Test("any results file is a run or a problem on one line")
  func runs() throws {
    var random = RandomRuns(seed: 19)
    let seeds =
      try (0..<20).map { try RunEncoder.text(of: random.run(trials: $0 % 4)) } + [
        RunEncoder.text(of: smallRun())
      ]
    for text in seeds { _ = try JSON.decode(RunRecord.self, from: text) }
    var fuzz = Fuzz(seeds, seed: 2, changesNumbersMostly: true)
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

  @Test("any model description is valid or a problem on one line")
  func descriptions() throws {
    let accepted = try fuzz(
      ModelDescription.self, [Self.description, try JSON.encode(model("fork").description)], seed: 3)
    #expect(accepted > 50)
  }

  @Test("any peer manifest is valid or a problem on one line")
  func manifests() throws {
    let seeds = [
      #"{"schema":"scaleup.peer/1","tools":["gcc","make"],"install":"apt-get install gcc","#
        + #""build":["gcc","-O2","{source}/main.c","-o","{build}/x"],"run":["{build}/x"],"#
        + #""describes":\#(Self.description)}"#,
      #"{"schema":"scaleup.peer/1","tools":[],"install":"","run":["node","{source}/main.js"],"#
        + #""describes":\#(Self.description)}"#,
    ]
    #expect(try fuzz(PeerManifest.self, seeds, seed: 8) > 50)
  }

  private static let description =
    #"{"schema":"scaleup.model/1","model":"python","summary":"one","version":"1","maximumWorkers":1,"#
    + #""workloads":[{"name":"sum","summary":"add","extent":"numbers","kernels":["scalar"]}]}"#

  /// Tries inputs grown from seeds that must be accepted themselves, and counts those that are.
  private func fuzz<Record: VersionedRecord & Decodable>(
    _ type: Record.Type, _ seeds: [String], seed: UInt64
  ) throws -> Int {
    for text in seeds { _ = try JSON.decode(type, from: text) }
    var fuzz = Fuzz(seeds, seed: seed)
    return fuzz.run(5_000) { text in
      do throws(JSON.ReadError) {
        _ = try JSON.decode(type, from: text)
        return true
      } catch {
        #expect(!error.description.contains("\n"))
        return false
      }
    }
  }
}
