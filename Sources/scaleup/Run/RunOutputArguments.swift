import Arguments
import Platform

/// The arguments that say where a run is saved, and under which name.
struct RunOutputArguments {
  /// The results file, or a directory for it; `nil` is the standard directory.
  let path: String?
  /// Whether the results file is standard output.
  let isPrinted: Bool
  let isSaved: Bool
  /// The name that replaces the host name.
  let label: String?

  static let label = Option<String>(
    "label", "NAME",
    Reader(
      expected: "a name of at most 255 bytes for this machine", example: "laptop",
      parse: { (1...255).contains($0.utf8.count) ? $0 : nil }),
    help: "label for this machine (default: host name)")

  init(_ line: inout ArgumentLine) throws(UsageError) {
    let output = line.value(
      of: Option(
        "output", "FILE", .text("the path of a results file", example: "results/run.json"),
        help: "results file to write; - is standard output (default: results/<host>-<UTC time>.json)"))
    isPrinted = output == File.standardOutput
    path = isPrinted ? nil : output
    let isDiscarded = line.has(Flag("no-save", help: "do not save the run"))
    isSaved = !isPrinted && !isDiscarded
    label = line.value(of: Self.label)
    if output != nil, isDiscarded { throw .other("--no-save contradicts --output (leave one out)") }
  }
}
