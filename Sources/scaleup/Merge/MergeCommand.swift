import Analysis
import Arguments
import Formatting
import Harness
import Platform
import Records

/// The arguments of `scaleup merge`.
struct MergeArguments {
  let paths: [String]
  /// The results file to write; `nil` is standard output.
  let output: String?

  init(_ line: inout ArgumentLine) throws(UsageError) {
    let first = line.operand("FILE", help: "results file")
    paths = [first] + line.operands("OTHER", help: "results file of the same plan and machine")
    let path = line.value(
      of: Option(
        "output", "FILE", .text("the path of a results file", example: "results/both.json"),
        help: "results file to write (default: standard output)"))
    output = path == File.standardOutput ? nil : path
    if let output, paths.contains(where: { File.isSame($0, output) }) {
      throw .other("--output \(Readable.line(output)) would overwrite its own input (choose another name)")
    }
  }
}

/// `scaleup merge`: files → records → one record.
enum MergeCommand: Subcommand {
  static let command = Command(
    "scaleup merge",
    summary: "Join runs of the same plan on the same machine into one run with all their trials.",
    examples: ["scaleup merge monday.json tuesday.json --output both.json"],
    read: MergeArguments.init)

  static func run(_ arguments: MergeArguments) throws -> ProgramOutput {
    let file = try arguments.output.map(claim)
    let runs = try arguments.paths.map { NamedRun(try RunRecord(savedAt: $0), name: $0) }
    let text = try RunEncoder.text(of: try merged(runs))
    guard let file, let path = arguments.output else { return ProgramOutput(output: text) }
    try file.replace(isSynced: true) { (draft) throws(SystemError) in try draft.write(Array(text.utf8)) }
    return ProgramOutput(
      error: Readable.line("wrote \(path), \(runs.count) runs in one", limit: 1000) + "\n")
  }

  /// Claims the results file to write, before anything is read.
  ///
  /// - Throws: `CommandFailure` if it is not writable, or if a run is writing it.
  private static func claim(_ path: String) throws(CommandFailure) -> ClaimedFile {
    do throws(SystemError) {
      return try ClaimedFile.claim(File.target(of: path))
    } catch {
      throw CommandFailure(
        error, remedy: "expected a file in an existing, writable directory; try another --output",
        status: UsageError.exitStatus)
    }
  }

  private static func merged(_ runs: [NamedRun]) throws(CommandFailure) -> RunRecord {
    do throws(MergeRefusal) {
      return try RunRecord(merging: runs)
    } catch {
      throw CommandFailure(
        message: "cannot merge the runs: \(error) (expected runs of one plan on one machine)",
        status: UsageError.exitStatus)
    }
  }
}
