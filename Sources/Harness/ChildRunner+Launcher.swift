import Records

extension ChildRunner.Execution {
  /// What a model's executable, or else its launcher, has said on standard error, to be set behind how the launcher
  /// ended. A launcher has much to say beside, and draws lines around it. Of a path the last name is enough, for a saved
  /// run tells no folder of this machine.
  ///
  /// - Parameter name: The name of the executable, with which its own lines begin.
  func lastWords(underLauncher name: String) -> String {
    let lines = error.split(whereSeparator: \.isNewline)
    let own = lines.first { $0.hasPrefix("\(name): ") }?.dropFirst(name.utf8.count + 2)
    let said = own.map { [$0] } ?? lines.filter { line in !line.allSatisfy { " -=\t".contains($0) } }
    let words = said.joined(separator: " ").split(separator: " ").map { word in
      word.hasPrefix("/") ? word.split(separator: "/").last ?? word : word
    }
    return words.isEmpty ? "" : ": \(Readable.line(words.joined(separator: " "), limit: 500))"
  }
}
