import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of a document that was parsed.
final class XMLNode {
  let name: String
  let attributes: [String: String]
  var children: [XMLNode] = []
  var text = ""

  init(name: String, attributes: [String: String] = [:]) {
    (self.name, self.attributes) = (name, attributes)
  }

  /// The element and all in it, in the order of the document.
  var all: [XMLNode] { [self] + children.flatMap(\.all) }

  func all(_ name: String) -> [XMLNode] { all.filter { $0.name == name } }

  /// All text in it.
  var wholeText: String { text + children.map(\.wholeText).joined() }
}

/// Parses a document; a text that is not well-formed fails the test.
func parseXML(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> XMLNode {
  let reader = XMLReader()
  let parser = XMLParser(data: Data(text.utf8))
  parser.delegate = reader
  let isRead = parser.parse()
  #expect(
    isRead, "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")",
    sourceLocation: sourceLocation)
  return try #require(reader.root, sourceLocation: sourceLocation)
}

private final class XMLReader: NSObject, XMLParserDelegate {
  var root: XMLNode?
  private var open: [XMLNode] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let node = XMLNode(name: name, attributes: attributes)
    open.last?.children.append(node)
    if root == nil { root = node }
    open.append(node)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    open.last?.text += string
  }
}
