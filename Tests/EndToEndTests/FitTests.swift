import Foundation
import Records
import Testing

/// `scaleup fit` as a user calls it.
struct FitTests {
  private static let data = """
    workers,throughput
    1.0,64.9
    18.0,995.9
    36.0,1652.4
    72.0,1853.2
    108.0,1828.9
    144.0,1775.0
    216.0,1702.2
    """

  @Test("published data give the published peak")
  func publishedData() throws {
    let outcome = try fit(Self.data)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    #expect(outcome.output.contains("0.02773") && outcome.output.contains("0.0001044"), "\(outcome.output)")
    #expect(outcome.output.contains("peak, workers") && outcome.output.contains("96.52"))
    #expect(outcome.output.contains("* extrapolated: more workers than measured"))
  }

  @Test("the fit record has its numbers and schema")
  func fitRecord() throws {
    let outcome = try fit(Self.data, "--json")
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 1)
    let record = try JSONDecoder().decode(FitRecord.self, from: Data(outcome.output.utf8))
    #expect(record.points.map(\.workers) == [1, 18, 36, 72, 108, 144, 216])
    #expect(record.laws.map(\.law) == ["amdahl", "gustafson", "usl"])
    let law = try #require(record.laws.last)
    #expect(try (#require(law.alpha).value - 0.0277285).magnitude < 1e-6)
    #expect(try (#require(law.beta?.standardError) - 0.0000199).magnitude < 1e-7)
    #expect(try (#require(law.peak).value - 96.51956).magnitude < 1e-4)
    #expect(law.predictions?.map(\.workers) == [432, 864])
    #expect(law.predictions?.allSatisfy(\.extrapolated) == true)
  }

  @Test("too few worker counts are explained, and are not an error")
  func tooFew() throws {
    let outcome = try fit("workers,seconds\n4,1.5\n")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("needs at least 4 worker counts (found 1; "))
    #expect(!outcome.output.contains("γ"))
    let json = try fit("workers,seconds\n4,1.5\n", "--json")
    #expect(json.status == 0)
    let record = try JSONDecoder().decode(FitRecord.self, from: Data(json.output.utf8))
    #expect(record.laws.allSatisfy { $0.refusal != nil && $0.gamma == nil && $0.predictions == nil })
  }

  @Test(
    "a malformed table is refused in one line with status 64",
    arguments: [
      ("", ["is empty", "workers,throughput"]),
      ("workers\n1\n", ["line 1", "'throughput' or 'seconds'", "with a header"]),
      ("workers,throughput\n1,2\n2,many\n", ["line 3", "'many'", "such as 12.5"]),
      ("workers,throughput\n0,2\n", ["line 2", "workers: '0'"]),
      ("workers,seconds\n1,-2\n", ["line 2", "seconds: '-2'"]),
      ("workers,throughput\n1,nan\n", ["'nan'"]), ("workers,throughput\n1,1e400\n", ["'1e400'"]),
      ("workers,throughput\n1,2,3\n", ["line 2", "3 fields", "instead of 2"]),
      ("workers,throughput\r\n1,\"2\r\n", ["line 2", "unclosed quote"]),
    ])
  func malformedTable(text: String, words: [String]) throws {
    let outcome = try fit(text)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    for word in ["scaleup: data.csv "] + words { #expect(outcome.error.contains(word), "\(outcome.error)") }
  }

  @Test("a table of several problem sizes is refused with a remedy, which fits each size by itself")
  func groups() throws {
    let folder = try Folder()
    let table = """
      workers;size;seconds
      1;64;0,120
      2;64;0,115
      4;64;0,110
      8;64;0,122
      1;256;2,40
      2;256;1,30
      4;256;0,85
      8;256;0,78
      """
    let file = "\(folder.path)/data.csv"
    try #require(table.data(using: .utf16)).write(to: URL(fileURLWithPath: file))
    let program = try Program("scaleup")
    let refused = try program.run(["fit", "data.csv"], in: folder)
    #expect(refused.status == 64 && refused.output == "")
    #expect(refused.error.contains("column 'size'") && refused.error.contains("--by size"))
    let report = try program.run(["fit", "data.csv", "--by", "size"], in: folder)
    #expect(report.status == 0 && report.error == "")
    for size in [64, 256] {
      #expect(report.output.contains("size \(size): 4 trials, 4 worker counts from 1 to 8\n"))
    }
    let json = try program.run(["fit", "data.csv", "--by", "size", "--json"], in: folder)
    let records = try json.output.split(separator: "\n").map {
      try JSONDecoder().decode(FitRecord.self, from: Data($0.utf8))
    }
    #expect(records.map(\.group) == [["size": "64"], ["size": "256"]])
    #expect(records.map { $0.points.map(\.workers) } == [[1, 2, 4, 8], [1, 2, 4, 8]])
    #expect(records[1].points[0].lowest == records[1].points[0].throughput)
  }

  @Test("a missing file is refused in one line with status 64")
  func missingFile() throws {
    let outcome = try Program("scaleup").run(["fit", "none.csv"], in: try Folder())
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("scaleup: cannot open none.csv: "))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  private func fit(_ text: String, _ options: String...) throws -> Program.Outcome {
    let folder = try Folder()
    try folder.write(text, to: "data.csv")
    return try Program("scaleup").run(["fit", "data.csv"] + options, in: folder)
  }
}
