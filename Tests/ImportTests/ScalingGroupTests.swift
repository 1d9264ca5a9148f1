import Records
import Testing

@testable import Import

struct ScalingGroupTests {
  private let sizes = """
    workers,size,seconds
    1,64,0.125
    2,64,0.25
    1,256,2
    2,256,4

    """

  @Test("a column that differs between trials with one number of workers is refused by name, with the remedy")
  func refused() throws {
    let error = try #require(throws: ScalingTable.FormatError.self) { try readGroups(in: sizes) }
    #expect(error == .divided(by: ["size"], workers: 1))
    #expect("\(error)".contains("column 'size'") && "\(error)".contains("--by size"))
  }

  @Test("the trials of each value are a group, in the order of the lines")
  func groups() throws {
    let groups = try readGroups(in: sizes, by: ["Size"])
    #expect(groups.map(\.values) == [["64"], ["256"]])
    #expect(groups.map { $0.samples.map(\.throughput) } == [[8, 4], [0.5, 0.25]])
  }

  @Test("with several further columns, the refusal names those given and the next")
  func several() throws {
    let table = """
      model,workers,workload,seconds
      fork,1,sum,1
      fork,2,sum,2
      fork,1,stress,3
      fork,2,stress,4
      threads,1,sum,1
      threads,2,sum,2

      """
    #expect(throws: ScalingTable.FormatError.divided(by: ["model"], workers: 1)) {
      try readGroups(in: table)
    }
    #expect(throws: ScalingTable.FormatError.divided(by: ["model", "workload"], workers: 1)) {
      try readGroups(in: table, by: ["model"])
    }
    let groups = try readGroups(in: table, by: ["model", "workload"])
    #expect(groups.map(\.values) == [["fork", "sum"], ["fork", "stress"], ["threads", "sum"]])
  }

  @Test(
    "columns that number, date or measure trials do not divide them",
    arguments: [
      ("round", ["1", "2", "1", "2"]), ("Trial", ["1", "2", "1", "2"]), ("seed", ["7", "9", "7", "9"]),
      ("date", ["2026-01-02", "2026-01-03", "2026-01-02", "2026-01-03"]),
      ("started", ["08:00", "08:01", "08:02", "08:03"]), ("user", ["0.51", "0.53", "0.52", "0.54"]),
      ("command", ["./prog 1", "./prog 1", "./prog 2", "./prog 2"]), ("host", ["a", "a", "a", "a"]),
      ("problem size per worker", ["64", "64", "128", "128"]),
    ])
  func kept(title: String, values: [String]) throws {
    let rows = zip(["1", "1", "2", "2"], values).map { "\($0),\($1),0.5\n" }.joined()
    let groups = try readGroups(in: "workers,\(title),seconds\n" + rows)
    #expect(groups.map(\.samples.count) == [4])
  }

  @Test("a column of many different values measures or numbers the trials")
  func many() throws {
    let rows = (0..<500).map { "\($0 % 2 + 1),\($0 / 2),1\n" }.joined()
    #expect(try readGroups(in: "workers,line,seconds\n" + rows).count == 1)
  }

  @Test("only a further column can group", arguments: ["sise", "workers", "seconds", ""])
  func unknown(name: String) throws {
    let error = try #require(throws: ScalingTable.FormatError.self) {
      try readGroups(in: sizes, by: [name])
    }
    #expect(error == .noGroupColumn(name, line: 1, further: ["size"]))
    #expect("\(error)".contains("expected one of 'size'"))
  }

  @Test("two columns with the title to group by are refused")
  func repeated() {
    #expect(throws: ScalingTable.FormatError.repeatedColumn("size", line: 1)) {
      try readGroups(in: "workers,size,Size,seconds\n1,1,1,1\n", by: ["size"])
    }
  }
}
