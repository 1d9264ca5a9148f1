import Arguments
import Harness

/// A program of the user's own, and the name under which it is shown: `NAME=PATH`.
struct NamedProgram: Hashable {
  let name: String
  let path: String

  static let reader = Reader<NamedProgram>(
    expected: "\(PeerCatalog.nameRule), an equals sign and a path", example: "mine=./mine",
    parse: { word in
      guard let sign = word.firstIndex(of: "=") else { return nil }
      let (name, path) = (String(word[..<sign]), String(word[sign...].dropFirst()))
      return PeerCatalog.isName(name) && !path.isEmpty ? NamedProgram(name: name, path: path) : nil
    })
}
