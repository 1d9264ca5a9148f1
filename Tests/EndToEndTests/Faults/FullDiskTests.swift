import Foundation
import Harness
import Records
import Testing

/// A run on a disk that is full, or becomes so.
@Suite(.blocking) struct FullDiskTests {
  private static let run = [
    "--workload", "stress", "--model", "fork", "--workers", "2", "--seconds", "0.01", "--warmup", "0",
    "--trials",
  ]

  @Test(
    "a disk that fills up ends the run with one line, and the saved trials stay valid",
    .enabled("a small file system can be mounted here") { SmallDisk.isPossible })
  func diskFills() throws {
    let disk = try SmallDisk(kilobytes: 64)
    let folder = try Folder()
    let outcome = try Program("scaleup").run(
      Self.run + ["1000", "--quiet", "--output", "\(disk.path)/run.json"], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.error.split(separator: "\n").count == 1)
    #expect(outcome.error.contains("No space left on device"), "\(outcome.error)")
    let saved = try RunFile.read("\(disk.path)/run.json")
    #expect(saved.trials.count > 5)
    #expect(saved.trials.allSatisfy { $0.report != nil })
    #expect(disk.names == ["run.json"])
  }

  @Test(
    "a full disk leaves the results of an earlier run unchanged",
    .enabled("a small file system can be mounted here") { SmallDisk.isPossible })
  func fullDisk() throws {
    let disk = try SmallDisk(kilobytes: 64)
    let folder = try Folder()
    let first = try Program("scaleup").run(
      Self.run + ["2", "--quiet", "--output", "\(disk.path)/run.json"], in: folder)
    #expect(first.status == 0, "\(first.error)")
    let text = try String(contentsOfFile: "\(disk.path)/run.json", encoding: .utf8)
    try disk.fill()
    let outcome = try Program("scaleup").run(
      Self.run + ["2", "--quiet", "--output", "\(disk.path)/run.json"], in: folder)
    #expect(outcome.status == 64, "found before anything is measured")
    #expect(outcome.error.contains("No space left on device"), "\(outcome.error)")
    let other = try Program("scaleup").run(
      Self.run + ["2", "--quiet", "--output", "\(disk.path)/other.json"], in: folder)
    #expect(other.status == 64 && disk.names == ["rest", "run.json"], "\(other.error)")
    #expect(try String(contentsOfFile: "\(disk.path)/run.json", encoding: .utf8) == text)
  }
}
