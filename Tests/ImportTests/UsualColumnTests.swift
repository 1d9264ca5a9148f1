import Records
import Testing

@testable import Import

/// Tables whose columns have other names than `workers`, `throughput` and `seconds`.
struct UsualColumnTests {
  private let expected = [
    ScalingSample(workers: 1, throughput: 8), ScalingSample(workers: 2, throughput: 16),
  ]

  @Test(
    "columns with usual names are found, with the unit in their titles, and that is said",
    arguments: [
      (
        "threads,time_ms\n1,125\n2,62.5\n", "'threads' as the worker count",
        "'time_ms' as the time in milliseconds"
      ),
      (
        "Num Threads,Mean [s]\n1,0.125\n2,0.0625\n", "'Num Threads' as", "'Mean [s]' as the time in seconds"
      ),
      ("OMP_NUM_THREADS,elapsed (µs)\n1,125000\n2,62500\n", "'OMP_NUM_THREADS'", "in microseconds"),
      ("cores;wall-time\n1;0,125\n2;0,0625\n", "'cores' as", "'wall-time' as the time in seconds"),
      ("processes\tns\n1\t125e6\n2\t62.5e6\n", "'processes' as", "'ns' as the time in nanoseconds"),
      ("np,requests_per_second\n1,8\n2,16\n", "'np' as", "'requests_per_second' as the throughput"),
      ("load,clients,rps\n9,1,8\n9,2,16\n", "", ""),
      ("threads,user,real\n1,0.1,0.125\n2,0.2,0.0625\n", "'threads'", "'real'"),
      ("threads,mean,median,min\n1,9,0.125,1\n2,9,0.0625,1\n", "'threads'", "'median'"),
      ("threads,concurrency,ops/s\n1,5,8\n2,5,16\n", "'threads'", "'ops/s'"),
    ])
  func guessed(text: String, workers: String, measure: String) throws {
    if workers.isEmpty {
      #expect(throws: ImportError.table(.severalWorkers(["load", "clients"], line: 1))) {
        try ScalingData(text)
      }
      return
    }
    let data = try ScalingData(text)
    #expect(data.groups.map(\.samples) == [expected])
    let note = try #require(data.notes.first)
    #expect(note.contains(workers) && note.contains(measure), "\(note)")
  }

  @Test("the names that the suite itself gives are no guesses")
  func exact() throws {
    #expect(try ScalingData("workers,throughput,time\n1,8,9\n2,16,9\n").notes.isEmpty)
    #expect(try ScalingData("threads,Workers,SECONDS\n7,1,0.125\n7,2,0.0625\n").notes.isEmpty)
  }

  @Test("any columns can be named, with a unit, and groups are fitted by themselves")
  func named() throws {
    let text = "a,b,size\n1,125,x\n2,62.5,x\n1,250,y\n2,125,y\n"
    let data = try ScalingData(
      text, columns: ColumnChoice(workers: "A", time: "b", unit: .milliseconds, groups: ["size"]))
    #expect(data.groups.map(\.values) == [["x"], ["y"]] && data.notes.isEmpty)
    #expect(data.groups[0].samples == expected)
    let rates = try ScalingData(
      "a,b\n1,8\n2,16\n", columns: ColumnChoice(workers: "a", throughput: "b"))
    #expect(rates.groups[0].samples == expected)
  }

  @Test(
    "what is missing or may be two things is refused with the option that decides",
    arguments: [
      ("threads,cores,time\n", ColumnChoice(), "'threads,cores' (choose with --workers-column)"),
      (
        "threads,rate,time\n", ColumnChoice(),
        "both 'rate' and 'time' may be the measure (choose with --throughput-column"
      ),
      ("x,time\n", ColumnChoice(), "no column 'workers' in 'x,time' (expected"),
      ("x,time\n", ColumnChoice(), "name another with --workers-column)"),
      (
        "workers,warmUp,firstRegion,region\n", ColumnChoice(groups: ["model"]),
        "is the CSV of scaleup report (fit"
      ),
      (
        "workers,warmUpRound,firstRegion_ns,region_ns\n", ColumnChoice(),
        "is the CSV of scaleup report (fit"
      ),
      ("threads,y\n", ColumnChoice(), "name another with --time-column or --throughput-column)"),
      (
        "threads,time\n", ColumnChoice(workers: "cores"), "no column 'cores' (expected one of 'threads,time')"
      ),
      ("threads,time\n", ColumnChoice(time: "mean"), "no column 'mean' (expected one of 'threads,time')"),
      (
        "threads,time\n", ColumnChoice(time: "threads"),
        "'threads' cannot be both the number of workers and the measure"
      ),
      ("threads,rate\n", ColumnChoice(unit: .hours), "'rate' is a throughput, which has no unit"),
      ("threads,a,A\n", ColumnChoice(time: "a"), "two columns named 'a'"),
      ("threads,time\n1,x\n", ColumnChoice(), "line 2: invalid time: 'x' (expected a number from 1e-100"),
      ("threads,time\nx,1\n", ColumnChoice(), "line 2: invalid threads: 'x' (expected a number from 0.001"),
    ])
  func refused(text: String, choice: ColumnChoice, message: String) throws {
    let error = try #require(throws: ImportError.self) { try ScalingData(text, columns: choice) }
    #expect("\(error)".contains(message), "\(error)")
  }
}
