import Records

extension Launcher {
  /// What a model's executable, or else its launcher, has said, to be set behind how the launcher ended. A launcher has
  /// much to say beside, and draws lines around it; MPICH's tells of a killed process on standard output, where the
  /// lines in braces are records. Of a path the last name is enough, for a saved run tells no folder of this machine.
  ///
  /// - Parameter name: The name of the executable, with which its own lines begin.
  static func lastWords(of name: String, output: String = "", error: String) -> String {
    let own = error.split(whereSeparator: \.isNewline).first { $0.hasPrefix("\(name): ") }
    let said =
      own.map { [$0.dropFirst(name.utf8.count + 2)] }
      ?? "\(output)\n\(error)".split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("{") }
    let words = said.joined(separator: " ").split(separator: " ").filter { word in
      !word.allSatisfy { "-=\t".contains($0) }
    }
    let names = words.map { $0.hasPrefix("/") ? $0.split(separator: "/").last ?? $0 : $0 }
    return names.isEmpty ? "" : ": \(Readable.line(names.joined(separator: " "), limit: 500))"
  }
}
