import Records
import Testing

@testable import Import

struct SeparatorTests {
  private let expected = [
    ScalingSample(workers: 1, throughput: 10.25), ScalingSample(workers: 2.5, throughput: 0.5),
  ]

  @Test(
    "a table is read with semicolons, tabs or a separator of its own, and with decimal commas",
    arguments: [
      "workers;throughput\n1;10.25\n2.5;0.5\n", "workers;throughput\r\n1;10,25\r\n2,5;0,5\r\n",
      "sep=;\nworkers;throughput\n1;10,25\n2,5;0,5\n",
      "\u{FEFF}SEP=;\r\nworkers;throughput\r\n1;10,25\r\n2,5;0,5",
      "\"sep=;\"\n\"workers\";\"throughput\"\n\"1\";\"10,25\"\n\"2,5\";\"0,5\"\n",
      "sep=,\nworkers,throughput\n1,10.25\n2.5,0.5\n", "sep=|\nworkers|throughput\n1|10,25\n2,5|0,5\n",
      "workers\tthroughput\n1\t10.25\n2.5\t0.5\n", "workers\tthroughput\n 1 \t10,25\n2,5\t0,5\n",
      "sep=\t\nworkers\tthroughput\n1\t10,25\n2,5\t0,5\n",
      "note, with a comma;workers;throughput\na, b;1;10,25\n;2,5;0,5\n",
      "a;b,workers,throughput\n;,1,10.25\n;,2.5,0.5\n",
      "empty\tworkers\tthroughput\n\t1\t10,25\n\t2,5\t0,5\n",
    ])
  func read(text: String) throws {
    #expect(try samples(in: text) == expected)
  }

  @Test("a comma before three digits is a decimal mark between semicolons, and beside another decimal comma")
  func threeDigits() throws {
    #expect(try samples(in: "workers;seconds\n1;2,500\n").map(\.throughput) == [0.4])
    #expect(try samples(in: "workers\tseconds\n1\t2,500\n2\t0,125\n").map(\.throughput) == [0.4, 8])
  }

  @Test("a comma that may separate thousands is refused, and so are both decimal marks in one table")
  func doubtful() {
    for rows in ["1\t1,234\n2\t998\n", "1\t1,234\n2\t998.5\n", "1.5\t1,234\n"] {
      #expect(throws: ScalingTable.FormatError.decimalMark("1,234")) {
        try samples(in: "workers\tthroughput\n" + rows)
      }
    }
    for (rows, number) in [
      ("1;0.5\n2;0,5\n", "0,5"), ("1;0,5\n2;0.5\n", "0.5"), ("2;0,5\n2;1.234,5\n", "1.234,5"),
    ] {
      #expect(
        throws: ScalingTable.FormatError.number(number, column: "throughput", isWorkers: false, line: 3)
      ) {
        try samples(in: "workers;throughput\n" + rows)
      }
    }
  }

  @Test("lines are counted from the first, whatever comes before the header")
  func lines() {
    #expect(throws: ScalingTable.FormatError.number("x", column: "workers", isWorkers: true, line: 3)) {
      try samples(in: "sep=;\nworkers;throughput\nx;1\n")
    }
  }
}

struct CSVLimitTests {
  @Test("a row of more columns, a longer field and a longer row than any table has are refused")
  func limits() {
    let commas = String(repeating: ",", count: 10_000_000)
    let field = String(repeating: "x", count: 40_000)
    let row = String(repeating: "\(String(repeating: "x", count: 30_000)),", count: 40)
    let head = "workers,throughput\n"
    for (text, error) in [
      (commas, CSVError.tooManyFields(line: 1)), (head + commas, .tooManyFields(line: 2)),
      (head + "1,\(field)", .longField(line: 2)), (head + "1,\"\(field)\"", .longField(line: 2)),
      (head + "1,\"\"\(field)", .longField(line: 2)), (head + "1,\"2\n" + field, .longField(line: 2)),
      (head + row, .longRow(line: 2)),
    ] {
      #expect(throws: ScalingTable.FormatError.malformed(error)) { try samples(in: text) }
    }
  }

  @Test("a table with as many columns as are allowed is read")
  func widest() throws {
    let further = String(repeating: ",0", count: CSVRows.mostFields - 2)
    let titles = (3...CSVRows.mostFields).map { ",c\($0)" }.joined()
    #expect(try samples(in: "workers,throughput\(titles)\n1,2\(further)\n").count == 1)
  }
}
