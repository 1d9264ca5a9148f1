/// Returns the command line from which several were made by replacing a parameter, such as `xz -T{threads}`. If none is
/// found, it is what the lines begin and end with.
func commandTemplate(of commands: [(text: String, value: String)], parameter: String) -> String {
  guard let first = commands.first else { return "" }
  if commands.allSatisfy({ $0.text == first.text }) { return first.text }
  let parts =
    first.value.isEmpty ? [] : first.text.split(separator: first.value, omittingEmptySubsequences: false)
  let gaps = parts.isEmpty ? 0 : parts.count - 1
  // Beyond that, the value is a letter or digit that occurs everywhere.
  if gaps > 0 && gaps <= 20 {
    func text(_ value: String, in gap: Int?) -> String {
      parts.indices.dropFirst().reduce(String(parts[0])) { text, index in
        text + (gap ?? index == index ? value : first.value) + parts[index]
      }
    }
    let gap = ([nil] + (1...gaps).map(Optional.some)).first { gap in
      commands.allSatisfy { text($0.value, in: gap) == $0.text }
    }
    if let gap { return text("{\(parameter)}", in: gap) }
  }
  let beginning = commands.dropFirst().reduce(first.text) { $0.beginning(sharedWith: $1.text) }
  let rests = commands.map { String($0.text.dropFirst(beginning.count).reversed()) }
  let end = rests.dropFirst().reduce(rests[0]) { $0.beginning(sharedWith: $1) }
  return beginning + "…" + String(end.reversed())
}

extension String {
  fileprivate func beginning(sharedWith other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
