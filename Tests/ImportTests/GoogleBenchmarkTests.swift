import Records
import Testing

@testable import Import

/// Files that Google Benchmark writes. The recorded files are of the versions in their names.
struct GoogleBenchmarkTests {
  @Test(
    "every repetition is a trial; items count, or else iterations; other benchmarks are left out and named")
  func repetitions() throws {
    let data = try ScalingData(recorded("google-benchmark-1.7.json"))
    #expect(data.names == ["Wait/iterations:10/manual_time", "Plain/500/iterations:10/manual_time"])
    #expect(data.counts == [[1: 2, 2: 2, 4: 2], [1: 2, 2: 2, 3: 2]])
    #expect(
      data.notes.contains { $0.hasPrefix("Throughput is items_per_second if a benchmark counts items") })
    #expect(data.notes.contains("1 benchmark without /threads:N left out."))
    #expect(data.notes.contains("2 failed trials left out, such as Fails/threads:2: no device."))
  }

  @Test("a time that is divided by the threads, or not, gives the iterations per second of all threads")
  func times() throws {
    // An iteration of each thread takes 500 µs, by a manual clock; version 1.7 writes 250 µs for 2 threads, 1.9 500 µs.
    for name in ["google-benchmark-1.7.json", "google-benchmark-1.9.json"] {
      let data = try ScalingData(recorded(name), columns: ColumnChoice(time: "real_time"))
      let group = try #require(data.groups.first { $0.labels[0].value.hasPrefix("Plain/500/") })
      #expect(Set(group.samples.map(\.workers)) == [1, 2, 3])
      for sample in group.samples {
        #expect((sample.throughput / (sample.workers / 500e-6) - 1).magnitude < 1e-12, "\(name): \(sample)")
      }
    }
  }

  @Test("a file of aggregates gives its medians, which are said to be no trials")
  func aggregates() throws {
    let data = try ScalingData(recorded("google-benchmark-aggregates.json"))
    #expect(data.counts == [[1: 1, 2: 1, 4: 1]])
    #expect(data.notes.contains { $0.hasPrefix("The file has aggregates only") })
  }

  @Test("a counter can be chosen as the throughput")
  func counter() throws {
    let columns = ColumnChoice(throughput: "bytes_per_second")
    let text = file([
      row("A/threads:1", #", "bytes_per_second": 5"#), row("A/threads:2", #", "bytes_per_second": 9"#),
    ])
    #expect(try ScalingData(text, columns: columns).groups[0].samples.map(\.throughput) == [5, 9])
    let error = try #require(throws: ImportError.self) {
      try ScalingData(text, columns: ColumnChoice(throughput: "joules"))
    }
    #expect(error == .json(.missing(key: "joules", place: "benchmarks.0")))
  }

  @Test("an argument that counts workers inside of a benchmark is found by its usual name, or chosen")
  func argument() throws {
    let text = file(["A/size:8/cores:1", "A/size:8/cores:2"].map { row($0) })
    for choice in [ColumnChoice(), ColumnChoice(workers: "cores")] {
      let data = try ScalingData(text, columns: choice)
      #expect(data.groups == [data.groups[0]] && data.names == ["A/size:8"])
      #expect(data.groups[0].samples.map(\.workers) == [1, 2])
      // One thread measures both.
      #expect(data.groups[0].samples.map(\.throughput) == [0.5, 0.5])
    }
  }

  @Test(
    "the version of the library tells whether times are divided by the threads",
    arguments: [
      (nil, 1.0), ("v1.8.4", 1), ("1.8.5-12-gabc", 1), ("v1.9.0", 2), ("1.9.5", 2), ("v1.10.0", 2),
      ("v2.0.0", 2),
      ("v0.0.0", 2), ("", 2), ("main", 2),
    ])
  func versions(version: String?, factor: Double) throws {
    let text = file(
      ["A/threads:1", "A/threads:2"].map { row($0) },
      version.map { #""context": {"library_version": "\#($0)"}, "# } ?? "")
    #expect(try ScalingData(text).groups[0].samples.map(\.throughput) == [0.5, 0.5 * factor])
  }

  @Test("the aggregates of a version without their names are known by the ends of the names")
  func old() throws {
    let text = file(
      ["A/threads:1", "A/threads:1_mean", "A/threads:2_median", "A/threads:2_mean", "A/threads:2_stddev"].map
      {
        #"{"name": "\#($0)", "real_time": 2, "time_unit": "s"}"#
      })
    #expect(try ScalingData(text).counts == [[1: 1, 2: 1]])
  }

  @Test(
    "results that cannot be trials by workers are refused with the key and the remedy",
    arguments: [
      (#"{"benchmarks": []}"#, "has no 'benchmarks'"), (#"{"benchmarks": {}}"#, "has '{}' as 'benchmarks'"),
      (#"{"benchmarks": [7]}"#, "lacks 'name' in 'benchmarks.0'"),
      (
        #"{"benchmarks": [{"name": "A/8", "real_time": 1}]}"#,
        "no benchmark with /threads:N in its name, such as 'A/8' (add ->ThreadRange"
      ),
      (
        #"{"benchmarks": [{"name": "A/threads:x", "real_time": 1}]}"#,
        "'benchmarks.0.name' (expected a number after"
      ),
      (
        #"{"benchmarks": [{"name": "A/threads:0", "real_time": 1}]}"#,
        "has 'A/threads:0' as 'benchmarks.0.name'"
      ),
      (#"{"benchmarks": [{"name": "A/threads:1"}]}"#, "lacks 'real_time' in 'benchmarks.0'"),
      (
        #"{"benchmarks": [{"name": "A/threads:1", "real_time": NaN}]}"#,
        "has 'nan' as 'benchmarks.0.real_time'"
      ),
      (#"{"benchmarks": [{"name": "A/threads:1", "real_time": 0}]}"#, "has '0' as 'benchmarks.0.real_time'"),
      (
        #"{"benchmarks": [{"name": "A/threads:1", "real_time": 1, "time_unit": "days"}]}"#,
        "has 'days' as 'benchmarks.0.time_unit' (expected ns, us, ms or s)"
      ),
      (#"{"benchmarks": [{"name": "A/threads:1", "error_occurred": true}]}"#, "has only failed trials"),
    ])
  func refused(text: String, message: String) throws {
    let error = try #require(throws: ImportError.self) { try ScalingData(text) }
    #expect("\(error)".contains(message), "\(error)")
  }

  private func row(_ name: String, _ more: String = "") -> String {
    #"{"name": "\#(name)", "run_type": "iteration", "real_time": 2, "time_unit": "s"\#(more)}"#
  }

  private func file(_ rows: [String], _ context: String = "") -> String {
    "{\(context)\"benchmarks\": [\(rows.joined(separator: ", "))]}"
  }
}
