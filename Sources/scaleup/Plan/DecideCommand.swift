import Arguments
import Autoscaling
import Platform
import Records

/// `scaleup plan --decide FILE`: the answer of a policy to one state.
enum DecideCommand {
  static let option = Option<String>(
    "decide", "FILE", .text("a JSON file, or - for standard input", example: "state.json"),
    help: "print a policy's decision on the state in a JSON file (- for standard input)")

  /// Returns the decision on the state in a file as one line of JSON.
  ///
  /// - Throws: `CommandFailure` if the file cannot be read or makes no sense.
  static func output(for path: String) throws(CommandFailure) -> ProgramOutput {
    let question = try PolicyFile.read(PolicyQuestion.self, path)
    return ProgramOutput(output: text(of: question.answer) + "\n")
  }

  private static func text(of decision: Decision) -> String {
    let limit = decision.limitedBy.map(\.rawValue.jsonText) ?? "null"
    return "{\"desired\":\(decision.desired),\"wanted\":\(decision.wanted),"
      + "\"reason\":\(decision.reason.jsonText),\"limitedBy\":\(limit)}"
  }
}
