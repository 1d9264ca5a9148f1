import ModelKit
import Testing

struct ModelProgramUsageTests {
  @Test(
    "a wrong value is reported with the expected values",
    arguments: [
      (
        "sum", "upto",
        ["-5", "-1", "1.5", "1e-2", "ten", "", "1e", "1__0", "nan", "18446744073709551615", "1e20"]
      ),
      ("sum", "workers", ["0", "-1", "4097", "1.5", "two", "", "1e5"]),
      ("stress", "workers", ["0", "-1", "4097"]),
      ("stress", "seconds", ["0", "-1", "nan", "inf", "3601", "0.0001", "1e3", "soon", "", "."]),
      ("stress", "load", ["0", "101", "-1", "50%", "0.5", ""]),
    ])
  func wrongValues(workload: String, option: String, values: [String]) {
    for value in values {
      for words in [["--\(option)", value], ["--\(option)=\(value)"], ["--json", "--\(option)", value]] {
        expectRefusal([workload] + words, naming: "invalid value for --\(option): '\(value)' (expected a ")
      }
    }
  }

  @Test("a model of one worker accepts no other number of workers", arguments: ["0", "2", "-1", "01", ""])
  func loneWorker(value: String) {
    expectRefusal(
      ["sum", "--workers", value], naming: "invalid value for --workers: '\(value)' (expected 1,", Models.one)
    let output = Models.one.run(["x", "sum", "--upto", "9", "--workers", "1", "--json"], Models.run)
    #expect(output.status == 0)
  }

  @Test("an unknown workload is answered with the known ones")
  func unknownWorkloads() {
    expectRefusal(["smu"], naming: "unknown workload: 'smu' (expected sum, stress; did you mean sum?")
    expectRefusal(
      ["STRESS"], naming: "unknown workload: 'STRESS' (expected sum, stress; did you mean stress?")
    expectRefusal(["fibonacci"], naming: "unknown workload: 'fibonacci' (expected sum, stress; see ")
    expectRefusal([""], naming: "unknown workload: ''")
    expectRefusal(["a\nb\u{1B}"], naming: "unknown workload: 'a\u{FFFD}b\u{FFFD}'")
  }

  @Test("a missing workload is answered with the known ones")
  func noWorkload() {
    let message = "missing argument: WORKLOAD (sum or stress; see scaleup-test --help)"
    expectRefusal([], naming: message)
    expectRefusal(["--"], naming: message)
    #expect(Models.many.run([], Models.mustNotRun).status == 64)
  }

  @Test("an option of another workload is unknown")
  func unknownOptions() {
    expectRefusal(["sum", "--up-to", "5"], naming: "unknown option: '--up-to' (did you mean --upto?)")
    expectRefusal(["sum", "--seconds", "5"], naming: "unknown option: '--seconds'")
    expectRefusal(["stress", "--upto", "5"], naming: "unknown option: '--upto'")
    expectRefusal(["sum", "-w", "5"], naming: "unknown option: '-w'")
    expectRefusal(["--upto", "5"], naming: "unknown option: '--upto'")
    expectRefusal(["--descirbe"], naming: "unknown option: '--descirbe' (did you mean --describe?)")
    expectRefusal(["sum", "--describe"], naming: "unknown option: '--describe'")
  }

  @Test("an option without its value says what is missing")
  func missingValues() {
    expectRefusal(["sum", "--upto"], naming: "missing value for --upto")
    expectRefusal(["sum", "--upto", "--json"], naming: "missing value for --upto")
    expectRefusal(["sum", "--workers"], naming: "missing value for --workers")
    expectRefusal(["stress", "--seconds"], naming: "missing value for --seconds")
    expectRefusal(["stress", "--load"], naming: "missing value for --load")
  }

  @Test("repeated options, values of flags and extra words are reported")
  func otherMistakes() {
    expectRefusal(["sum", "--upto", "5", "--upto", "5"], naming: "--upto is given twice")
    expectRefusal(["sum", "--json", "--json"], naming: "--json is given twice")
    expectRefusal(["sum", "--json=yes"], naming: "--json takes no value")
    expectRefusal(["sum", "5"], naming: "unexpected argument: '5'")
    expectRefusal(["sum", "--", "--json"], naming: "unexpected argument: '--json'")
    expectRefusal(["--describe", "sum"], naming: "unexpected argument: 'sum'")
  }

  @Test("a usage error says which help explains it")
  func helpOfWorkload() {
    expectRefusal(["sum", "--x"], naming: "(see scaleup-test sum --help)")
    expectRefusal(["--x"], naming: "(see scaleup-test --help)")
    expectRefusal(["nothing"], naming: "see scaleup-test --help)")
  }

  /// The command line is refused with status 64, one line that names the problem, and no output.
  private func expectRefusal(
    _ words: [String], naming problem: String, _ program: ModelProgram = Models.many,
    at place: SourceLocation = #_sourceLocation
  ) {
    let output = program.run(["/some/where/executable"] + words, Models.mustNotRun)
    #expect(output.status == 64, sourceLocation: place)
    #expect(output.output == "", sourceLocation: place)
    #expect(output.error.hasPrefix("scaleup-\(program.model): "), sourceLocation: place)
    #expect(output.error.contains(problem), sourceLocation: place)
    #expect(output.error.hasSuffix("\n"), sourceLocation: place)
    #expect(output.error.dropLast().allSatisfy { !$0.isNewline }, sourceLocation: place)
  }
}
