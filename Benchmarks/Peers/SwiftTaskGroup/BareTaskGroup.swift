// The cost of a bare, empty task group in Swift: the baseline for the empty region of the `taskgroup` model.
//
//   bare-taskgroup empty --workers P --json [--repetitions R]

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@main
enum BareTaskGroup {
  /// Returns the time of one task group with `workers` empty child tasks. Leaving the group waits for them.
  static func region(workers: Int) async -> Duration {
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<workers {
        group.addTask {}
      }
    }
    return ContinuousClock.now - start
  }

  static func main() async {
    let (workers, repetitions) = readArguments()
    var regions: [Int64] = []
    regions.reserveCapacity(repetitions)
    for _ in 0..<repetitions {
      let (seconds, attoseconds) = await region(workers: workers).components
      regions.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
    let all = repetitions > 1 ? #","regions":\#(regions)"#.filter { $0 != " " } : ""
    print(
      #"{"schema":"scaleup.trial/1","model":"bare-taskgroup","workload":"empty","kernel":"scalar","#
        + #""workers":\#(workers),"upTo":0,"result":"0","region":\#(regions[repetitions - 1])\#(all)}"#)
  }

  static func readArguments() -> (workers: Int, repetitions: Int) {
    var rest = CommandLine.arguments.dropFirst()
    guard rest.popFirst() == "empty" else { fail("missing workload (expected empty)") }
    var workers: Int?
    var repetitions = 1
    while let option = rest.popFirst() {
      switch option {
      case "--json": break  // the only output format
      case "--workers": workers = readInteger(option, rest.popFirst(), 1...4096)
      case "--repetitions": repetitions = readInteger(option, rest.popFirst(), 1...1_000_000)
      case "--upto": _ = readInteger(option, rest.popFirst(), 0...Int.max)  // empty has no numbers
      default: fail("unknown option: '\(option)'")
      }
    }
    guard let workers else { fail("missing option: --workers P") }
    return (workers, repetitions)
  }

  static func readInteger(_ option: String, _ text: String?, _ range: ClosedRange<Int>) -> Int {
    guard let text else { fail("missing value for \(option)") }
    guard let value = Int(text), range.contains(value) else {
      fail(
        "invalid value for \(option): '\(text)' "
          + "(expected a whole number from \(range.lowerBound) to \(range.upperBound))")
    }
    return value
  }

  static func fail(_ reason: String) -> Never {
    let line = "bare-taskgroup: \(reason)\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
    exit(64)
  }
}
