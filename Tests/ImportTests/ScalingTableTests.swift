import Records
import TestSupport
import Testing

@testable import Import

/// Reads a table.
func readGroups(
  in text: String, by names: [String] = []
) throws(ScalingTable.FormatError) -> [ScalingData.Group] {
  try ScalingTable.read(text, ColumnChoice(groups: names)).groups
}

/// Reads a table whose trials are one group.
func samples(in text: String) throws(ScalingTable.FormatError) -> [ScalingSample] {
  try readGroups(in: text)[0].samples
}

extension ScalingData.Group {
  /// The values of the labels.
  var values: [String] { labels.map(\.value) }
}

struct ScalingTableTests {
  private let expected = [
    ScalingSample(workers: 1, throughput: 10), ScalingSample(workers: 2.5, throughput: 18.5),
  ]

  @Test(
    "a table of throughputs is read in any notation",
    arguments: [
      "workers,throughput\n1,10\n2.5,18.5\n", "workers,throughput\n1,10\n2.5,18.5",
      "workers,throughput\r\n1,10\r\n2.5,18.5\r\n", "workers,throughput\r1,10\r2.5,18.5\r",
      "\u{FEFF}workers,throughput\n1,10\n2.5,18.5\n",
      "\u{FEFF}\"workers\",\"throughput\"\r\n\"1\",\"10\"\r\n2.5,18.5",
      "throughput,workers\n10,1\n18.5,2.5\n", " Workers , THROUGHPUT \n 1 , 10 \n\t2.5,18.5\t\n",
      "name,workers,note,throughput\na,1,\"b, \"\"c\"\"\nd\",10\n,2.5,,18.5\n",
      "\n\nworkers,throughput\n\n1,10\n  \n2.5,18.5\n\n", "workers,throughput\n1e0,1.0E+1\n+2.5,1850e-2\n",
    ])
  func read(text: String) throws {
    #expect(try samples(in: text) == expected)
  }

  @Test("a table of seconds has a throughput of one piece of work per time")
  func seconds() throws {
    let found = try samples(in: "workers,seconds\n1,0.5\n2,0.25\n")
    #expect(found.map(\.throughput) == [2, 4])
  }

  @Test(
    "a wrong table is refused with the line and the reason",
    arguments: [
      ("", .empty), (" \n\n\t\n", .empty), ("\u{FEFF}", .empty), ("workers,throughput\n\n", .noRows(line: 1)),
      ("workers\n1\n", .missingColumn("throughput' or 'seconds", line: 1, found: ["workers"])),
      ("\ntime,throughput\n1,2\n", .missingColumn("workers", line: 2, found: ["time", "throughput"])),
      ("1,2\n3,4\n", .missingColumn("workers", line: 1, found: ["1", "2"])),
      ("workers|seconds\n1|2\n", .missingColumn("workers", line: 1, found: ["workers|seconds"])),
      ("workers,seconds,workers\n", .repeatedColumn("workers", line: 1)),
      ("workers,seconds,throughput\n1,1,1\n", .twoMeasures("throughput", "seconds", line: 1)),
      ("workers,seconds\n1\n", .fieldCount(1, expected: 2, line: 2)),
      ("workers,seconds\n1,2\n\n2,1,88\n", .fieldCount(3, expected: 2, line: 4)),
      ("workers,seconds\r\n1,2\r\ntwo,1\r\n", .number("two", column: "workers", isWorkers: true, line: 3)),
      (
        "note,workers,seconds\n\"a\nb\",1,2\nc,0,1\n",
        .number("0", column: "workers", isWorkers: true, line: 4)
      ),
      ("workers,throughput\n1,\"2\n3,4\n", .malformed(.openQuote(line: 2))),
      ("workers,throughput\n1,\"2\"3x\n", .number("23x", column: "throughput", isWorkers: false, line: 2)),
    ] as [(String, ScalingTable.FormatError)])
  func refused(text: String, problem: ScalingTable.FormatError) {
    #expect(throws: problem) { try samples(in: text) }
  }

  @Test(
    "numbers are positive decimals of a plausible size",
    arguments: [
      "", "0", "-1", "-0", "nan", "NaN", "inf", "-inf", "infinity", "1e400", "1e-400", "1e101", "0x10",
      "1_000", "1 000",
      "1.5.2", "e5", ".", "1e", "٣", "four", "=1+1", "1,5",
    ])
  func numbers(text: String) {
    let field = "\"\(text)\""
    #expect(throws: ScalingTable.FormatError.number(text, column: "throughput", isWorkers: false, line: 2)) {
      try samples(in: "workers,throughput\n1,\(field)\n")
    }
    #expect(throws: ScalingTable.FormatError.number(text, column: "workers", isWorkers: true, line: 2)) {
      try samples(in: "workers,throughput\n\(field),1\n")
    }
  }

  @Test("a table of 100,000 rows keeps them all and counts its lines")
  func large() throws {
    let rows = (1...100_000).map { "\($0 % 64 + 1),\($0)\r\n" }.joined()
    #expect(try samples(in: "workers,throughput\r\n" + rows).count == 100_000)
    #expect(throws: ScalingTable.FormatError.number("x", column: "workers", isWorkers: true, line: 100_002)) {
      try samples(in: "workers,throughput\r\n" + rows + "x,1")
    }
  }

  @Test("any bytes are refused or read, and never hang")
  func anything() {
    var generator = SplitMix64(seed: 61)
    let pieces = [
      "workers", "throughput", ",", "\n", "\r", "\"", "1", "2.5", " ", "\u{FEFF}", "x", "\0", "é",
    ]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...30, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }
      .joined()
      for head in ["", "workers,throughput\n"] {
        do {
          #expect(try samples(in: head + text).isEmpty == false)
        } catch {
          #expect(!"\(error)".contains("\n"))
        }
      }
    }
  }
}
