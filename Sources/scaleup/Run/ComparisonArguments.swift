import Arguments
import Records

/// The arguments that name other runs: to compare with, or to continue.
struct ComparisonArguments {
  let baseline: String?
  /// The directory of the executables of another build, to compare with.
  let baselineSuite: String?
  let gates: [Gate]
  /// The results file of a run to continue.
  let resume: String?

  init(_ line: inout ArgumentLine) {
    baseline = line.value(
      of: Option(
        "baseline", "FILE", .text("the path of a results file", example: "results/run.json"),
        help: "do the work of this saved run, and compare with it"))
    baselineSuite = line.value(
      of: Option(
        "baseline-suite", "DIR", .text("a directory of executables", example: "../old/.build/release"),
        help: "also run the executables of another build, in the same rounds, and compare with them"))
    gates = line.value(of: GateOption.option) ?? []
    resume = line.value(
      of: Option(
        "resume", "FILE", .text("the path of a results file", example: "results/run.json"),
        help: "continue a run that ended early"))
  }

  /// Checks that they agree with each other, and with the other programs and the destination of the run.
  ///
  /// - Throws: `UsageError`.
  func check(_ output: RunOutputArguments, _ programs: ProgramArguments) throws(UsageError) {
    if !gates.isEmpty, baseline == nil, baselineSuite == nil {
      throw .other(
        "--gate needs a comparison (add --baseline FILE or --baseline-suite DIR, or use scaleup compare)")
    }
    if baselineSuite == nil { return }
    if baseline != nil { throw .other("--baseline-suite contradicts --baseline (leave one out)") }
    if output.isPrinted {
      throw .other("--baseline-suite saves two runs, which contradicts --output - (name a file)")
    }
    if !programs.programs.isEmpty || programs.usesPeers {
      throw .other("--baseline-suite compares models of the suite only (leave out --program and --peers)")
    }
  }
}
