import Foundation
import Records
import Testing

/// `scaleup fit` as a user calls it.
@Suite(.blocking) struct FitTests {
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

  @Test(
    "a file of hyperfine in standard input gives measured speedups, laws, and the guess, for each command")
  func standardInput() throws {
    let folder = try Folder()
    let results = [1, 2, 4, 8].map { workers in
      let times = (0..<6).map { "\((8 + 0.01 * Double($0)) / Double(workers))" }.joined(separator: ", ")
      return #"{"command": "a -j\#(workers)", "times": [\#(times)], "parameters": {"jobs": "\#(workers)"}}"#
    }
    try folder.write(#"{"results": [\#(results.joined(separator: ", "))]}"#, to: "data.json")
    let input = FileHandle(forReadingAtPath: "\(folder.path)/data.json")
    let outcome = try Program("scaleup").start(["fit", "-"], in: folder, input: input).wait()
    #expect(outcome.status == 0 && outcome.error == "")
    #expect(
      outcome.output.hasPrefix(
        "Read parameter 'jobs' as the worker count (else give --workers-column).\n"))
    #expect(outcome.output.contains("command a -j{jobs}: 24 trials, 4 worker counts from 1 to 8\n"))
    let row = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("8 ") })
    #expect(row.contains("8.000") && row.hasSuffix("1.000"), "\(row)")
    let again = FileHandle(forReadingAtPath: "\(folder.path)/data.json")
    let json = try Program("scaleup").start(["fit", "-", "--json"], in: folder, input: again).wait()
    let record = try JSONDecoder().decode(FitRecord.self, from: Data(json.output.utf8))
    #expect(record.group == ["command": "a -j{jobs}"] && record.notes?.count == 1)
    #expect(record.points.map(\.trials) == [6, 6, 6, 6])
    #expect(
      record.points.allSatisfy { ($0.lower ?? .infinity) < $0.throughput && $0.throughput < $0.upper ?? 0 })
  }

  @Test("a saved run is fitted model by model, from a file or standard input, and needs no columns")
  func savedRun() throws {
    let folder = try Folder()
    let run = PictureTests.epyc
    let outcome = try Program("scaleup").run(["fit", run], in: folder)
    #expect(outcome.status == 0 && outcome.error == "", "\(outcome.error)")
    #expect(outcome.output.contains("workload sum, model fork"))
    let input = try #require(FileHandle(forReadingAtPath: run))
    let piped = try Program("scaleup").start(["fit", "-"], in: folder, input: input).wait()
    #expect(piped.output == outcome.output)
    let refused = try Program("scaleup").run(["fit", run, "--by", "model"], in: folder)
    #expect(refused.status == 64 && refused.error.contains("is a run, whose columns are known"))
  }

  @Test(
    "a file of another program that cannot be read is refused in one line with status 64",
    arguments: [
      (#"{"results": [{"command": "a", "times": [1]}]}"#, "data.csv has no parameters"),
      (
        #"{"results": [{"command": "a", "times": [1], "parameters": {"n": "x\n"}}]}"#,
        "'results.0.parameters.n' (expected a number of workers"
      ),
      (#"{"benchmarks": [{"name": "A"}]}"#, "no benchmark with /threads:N"),
      (#"{"results": ["#, "is not valid JSON"),
      (String(repeating: "[", count: 100_000), "is not valid JSON"),
      (#"{"schema": "scaleup.capacity/1"}"#, "is a 'scaleup.capacity/1' record (expected a run"),
      (#"{"schema": "scaleup.run/1"}"#, "(expected a results file written by scaleup run)"),
      ("<html></html>", "is a page without runs"),
    ])
  func malformedFile(text: String, message: String) throws {
    let outcome = try fit(text)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(outcome.error.contains(message), "\(outcome.error)")
  }

  @Test("any columns are read as they are named, and a unit without a time is a usage error")
  func namedColumns() throws {
    let table = "a,b\n1,8\n2,4\n4,2\n8,1\n"
    let outcome = try fit(table, "--workers-column", "a", "--time-column", "b", "--unit", "ms")
    #expect(outcome.status == 0)
    #expect(
      outcome.output.split(separator: "\n").contains {
        $0.split(separator: " ") == ["8", "1", "1000", "8.000", "1.000"]
      })
    let refused = try fit(table, "--workers-column", "a", "--throughput-column", "b", "--unit", "ms")
    #expect(refused.status == 64 && refused.error.contains("--unit has no effect with --throughput-column"))
  }

  private func fit(_ text: String, _ options: String...) throws -> Program.Outcome {
    let folder = try Folder()
    try folder.write(text, to: "data.csv")
    return try Program("scaleup").run(["fit", "data.csv"] + options, in: folder)
  }
}
