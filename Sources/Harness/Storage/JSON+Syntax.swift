#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension JSON {
  /// Any JSON.
  private struct Anything: Decodable {
    init(from decoder: any Decoder) {}
  }

  /// Returns the reason that a decoder takes a text for corrupt, as a predicate of the text's name.
  static func syntaxProblem(of text: String) -> String {
    if (try? JSONDecoder().decode(Anything.self, from: Data(text.utf8))) != nil {
      return "has a number out of range; tools that round large numbers leave such"
    }
    let rest = rest(of: text.utf8)
    let next = rest.first { !" \t\r\n".utf8.contains($0) }
    return next == UInt8(ascii: "{")
      ? "has several records, one after the other, instead of one"
      : "is truncated or not JSON"
  }

  /// Returns what follows the first object of a text; empty if the object does not end.
  private static func rest(of text: String.UTF8View) -> Substring.UTF8View {
    var (depth, isString, isEscaped) = (0, false, false)
    for (place, byte) in zip(text.indices, text) {
      if isString {
        isString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth <= 0 { return text[text.index(after: place)...] }
      default: break
      }
    }
    return text.suffix(0)
  }
}
