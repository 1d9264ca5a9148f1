import Records
import Testing

@testable import Import

/// Files that hyperfine exports. The recorded files are of version 1.15.
struct HyperfineTests {
  @Test("every time that hyperfine kept is a trial, and the command is named as it was written")
  func times() throws {
    let data = try ScalingData(recorded("hyperfine.json"))
    #expect(data.counts == [[1: 5, 2: 5, 4: 5, 8: 5]])
    #expect(data.groups[0].labels == [.init("command", "sleep 0.0$((8/{threads}))")])
    #expect(data.groups[0].samples[0] == ScalingSample(workers: 1, throughput: 1 / 0.07923068672))
    #expect(data.notes == ["Read parameter 'threads' as the worker count (else give --workers-column)."])
  }

  @Test("several commands and other parameters are fitted by themselves, and failed trials are left out")
  func commands() throws {
    let data = try ScalingData(recorded("hyperfine-commands.json"))
    let labels = data.groups.map { $0.labels.map(\.value) }
    #expect(
      labels == [
        ["sleep 0.0{threads}", "sleep"], ["sleep 0.0$((4/{threads}))", "sleep"],
        ["sleep 0.0$((4/{threads}))", "env"],
      ])
    #expect(data.counts == Array(repeating: [1: 2, 2: 2, 4: 2], count: 3))
    #expect(data.notes.last == "6 trials with an exit status other than 0 left out.")
  }

  @Test("hyperfine's CSV gives its medians, which are said to be no trials")
  func table() throws {
    let data = try ScalingData(recorded("hyperfine.csv"))
    #expect(data.counts == [[1: 1, 2: 1, 4: 1, 8: 1]])
    #expect(data.names == ["sleep 0.0$((8/{threads}))"])
    #expect(data.groups[0].samples[0].throughput == 1 / 0.08225287172000001)
    #expect(data.notes.contains { $0.contains("no interval") })
  }

  @Test("hyperfine 2 has a measurement per trial, and parameters are objects")
  func second() throws {
    let results = [1, 2, 4].map { workers in
      """
      {"command": "./a -j\(workers)", "name": "a", "measurements": [
        {"time_wall_clock": {"value": \(8 / workers), "unit": "second"}, "exit_code": 0},
        {"time_wall_clock": {"value": 9, "unit": "second"}, "exit_code": 1},
        {"time_wall_clock": {"value": 9, "unit": "second"}, "exit_code": null}],
       "parameters": {"j": {"value": "\(workers)"}}}
      """
    }
    let data = try ScalingData(#"{"schema_version": 2, "results": [\#(results.joined(separator: ","))]}"#)
    #expect(
      data.groups.map(\.samples) == [
        [1, 2, 4].map { ScalingSample(workers: $0, throughput: $0 / 8) }
      ])
    #expect(data.names == ["a"])
  }

  @Test(
    "a command line gets its parameter back, whatever else looks like its value",
    arguments: [
      (["xz -T1", "xz -T2"], ["1", "2"], "xz -T{n}"),
      (["gcc-11 -j1", "gcc-11 -j2"], ["1", "2"], "gcc-11 -j{n}"),
      (["a 1 1", "a 2 2"], ["1", "2"], "a {n} {n}"), (["a 10", "a 12"], ["10", "12"], "a {n}"),
      (["same", "same"], ["1", "2"], "same"), (["a one x", "a two x"], ["1", "2"], "a … x"),
      (["a -j1", "a -j22", "b -j3"], ["1", "2", "3"], "…"), (["", "x"], ["", "1"], "…"),
    ])
  func template(texts: [String], values: [String], expected: String) {
    #expect(commandTemplate(of: Array(zip(texts, values)), parameter: "n") == expected)
  }

  @Test(
    "results that cannot be trials by workers are refused with the key and the remedy",
    arguments: [
      (#"{"results": []}"#, "has no 'results'"),
      (#"{"results": 7}"#, "has '7' as 'results' (expected an array"),
      (#"{"results": [{"command": "a", "times": [1]}]}"#, "has no parameters (measure with hyperfine"),
      (#"{"results": [{"times": [1]}]}"#, "lacks 'command' in 'results.0'"),
      (#"{"results": [7]}"#, "lacks 'command' in 'results.0'"),
      (#"{"results": [{"command": "a", "parameters": {"n": "1"}}]}"#, "lacks 'times' in 'results.0'"),
      (#"{"results": [{"command": "a", "parameters": [1]}]}"#, "has '[…]' as 'results.0.parameters'"),
      (
        #"{"results": [{"command": "a", "times": [1], "parameters": {"tool": "gcc"}}]}"#,
        "has 'gcc' as 'results.0.parameters.tool' (expected a number of workers"
      ),
      (
        #"{"results": [{"command": "a", "times": [1], "parameters": {"n": "0"}}]}"#,
        "has '0' as 'results.0.parameters.n'"
      ),
      (
        #"{"results": [{"command": "a", "times": [1, 0], "parameters": {"n": "1"}}]}"#,
        "has '0' as 'results.0.times.1' (expected a time in seconds, above 0)"
      ),
      (
        #"{"results": [{"command": "a", "times": ["1"], "parameters": {"n": "1"}}]}"#,
        "has '1' as 'results.0.times.0'"
      ),
      (
        #"{"results": [{"command": "a", "times": [Infinity], "parameters": {"n": "1"}}]}"#,
        "has 'inf' as 'results.0.times.0'"
      ),
      (
        #"{"results": [{"command": "a", "times": [1], "exit_codes": [1], "parameters": {"n": "1"}}]}"#,
        "has only failed trials"
      ),
      (
        #"{"results": [{"command": "a", "times": [1], "parameters": {"n": "1", "size": "2"}}]}"#,
        "no parameter with a usual name for workers in 'n,size' (name one with --workers-column)"
      ),
      (
        #"{"results": [{"command": "a", "times": [1], "parameters": {"threads": "1", "procs": "2"}}]}"#,
        "several parameters that may count workers: 'procs,threads' (choose with --workers-column)"
      ),
      (
        #"{"results": [{"command": "a", "measurements": [{"time_wall_clock": {"value": 1, "unit": "ms"}}]}]}"#,
        "has 'ms' as 'results.0.measurements.0.time_wall_clock.unit' (expected second)"
      ),
      (
        #"{"results": [{"command": "a", "measurements": [{}]}]}"#,
        "lacks 'value' in 'results.0.measurements.0.time_wall_clock'"
      ),
    ])
  func refused(text: String, message: String) throws {
    let error = try #require(throws: ImportError.self) { try ScalingData(text) }
    #expect("\(error)".contains(message), "\(error)")
  }

  @Test("the parameter can be chosen, and options about columns are refused")
  func chosen() throws {
    let text = try recorded("hyperfine.json")
    #expect(try ScalingData(text, columns: ColumnChoice(workers: "threads")).notes.isEmpty)
    for (choice, message) in [
      (ColumnChoice(workers: "cores"), "has no parameter 'cores' (expected one of 'threads')"),
      (
        ColumnChoice(time: "mean"),
        "is JSON of hyperfine, with which --time-column has no effect (leave it out)"
      ),
      (ColumnChoice(throughput: "x"), "--throughput-column"), (ColumnChoice(unit: .seconds), "--unit"),
      (ColumnChoice(groups: ["a"]), "--by"),
    ] {
      let error = try #require(throws: ImportError.self) { try ScalingData(text, columns: choice) }
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  @Test("results without the parameter, such as a reference, are left out, and that is said")
  func reference() throws {
    let data = try ScalingData(
      """
      {"results": [{"command": "old", "times": [3]},
        {"command": "new 1", "mean": 2, "parameters": {"threads": 1}},
        {"command": "new 2", "median": 1, "mean": 7, "parameters": {"threads": 2}}]}
      """)
    #expect(
      data.groups.map(\.samples) == [
        [ScalingSample(workers: 1, throughput: 0.5), ScalingSample(workers: 2, throughput: 1)]
      ])
    #expect(data.notes.contains("1 result without the parameter 'threads' left out."))
    #expect(data.notes.contains { $0.hasPrefix("Results without times count as one trial each") })
  }
}
