import Foundation
import Records
import Testing

@testable import Report

/// The invariants of every picture.
struct PictureTests {
  static let runs =
    [1, 16, 64].map { pictureRun(cores: $0, rounds: 1) }
    + [pictureRun(cores: 2)] + [1, 3].map { pictureRun(cores: $0, rounds: 5, isWild: true) }

  @Test(
    "pictures are well-formed, have a description, and draw inside their frame",
    arguments: runs.indices)
  func places(index: Int) throws {
    let pictures = svgPictures(of: [Self.runs[index]])
    #expect(
      pictures.contains { $0.name.hasSuffix("speedup") } && pictures.contains { $0.name.hasSuffix("cores") })
    for (name, svg) in pictures {
      let root = try parseXML(svg)
      #expect(root.attributes["role"] == "img")
      #expect(words(of: root).count == 2 && words(of: root).allSatisfy { $0.count > 10 }, "\(name)")
      let size = (root.attributes["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
      try #require(size.count == 4 && size[2] == Drawing.width && size[3] > 60, "\(name)")
      for node in root.all {
        for (x, y) in try places(of: node) {
          #expect(x >= 0 && x <= size[2] && y >= 0 && y <= size[3], "\(name): \(node.name) at \(x), \(y)")
        }
      }
    }
  }

  /// A title and a description, for those who do not see the picture.
  private func words(of root: XMLNode) -> [String] {
    (root.attributes["aria-labelledby"] ?? "").split(separator: " ").map { identifier in
      root.children.first { $0.attributes["id"] == String(identifier) }?.text ?? ""
    }
  }

  static let marked = [
    "a\"'&<>]]>", "</svg><script>alert(1)</script>", "a\r\n\0\u{FFFF}", "<\u{301}b", "\u{202E}名前", "",
  ]

  @Test(
    "pictures have unique plain names and show foreign names as text",
    arguments: marked)
  func hostile(name: String) throws {
    let pictures = svgPictures(of: [hostileRun(name), hostileRun(name)])
    #expect(Set(pictures.map(\.name)).count == pictures.count && pictures.count > 20)
    for picture in pictures {
      #expect(picture.name.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 }, "\(picture.name)")
      #expect((1...110).contains(picture.name.count))
    }
    #expect(try Self.elements(of: pictures).isSubset(of: Self.tame.get()))
  }

  private static let tame = Result { try elements(of: svgPictures(of: [hostileRun("tame")])) }

  /// The names of all elements, each with those of its attributes.
  private static func elements(of pictures: [(name: String, svg: String)]) throws -> Set<[String]> {
    try Set(pictures.flatMap { try parseXML($0.svg).all.map { [$0.name] + $0.attributes.keys.sorted() } })
  }

  /// The places that an element names.
  private func places(of node: XMLNode) throws -> [(Double, Double)] {
    func number(_ name: String) throws -> Double? {
      try node.attributes[name].map { try #require(Double($0), "\(name)=\($0)") }
    }
    if let path = node.attributes["d"] { return try places(inPath: path) }
    if let x = try number("cx"), let y = try number("cy") { return [(x, y)] }
    guard let x = try number("x"), let y = try number("y") else { return [] }
    let (width, height) = (try number("width") ?? 0, try number("height") ?? 0)
    #expect(width >= 0 && height >= 0)
    return [(x, y), (x + width, y + height)]
  }

  /// Follows the commands that the drawings use: M, L, H, V, h0 and z.
  private func places(inPath path: String) throws -> [(Double, Double)] {
    var (x, y) = (0.0, 0.0)
    var places: [(Double, Double)] = []
    var rest = path.utf8[...]
    while let command = rest.popFirst().map({ Character(Unicode.Scalar($0)) }) {
      let numbers = rest.prefix { $0 < UInt8(ascii: "A") }
      rest = rest[numbers.endIndex...]
      let values = try numbers.split(separator: UInt8(ascii: " ")).map {
        try #require(Double(String($0) ?? ""))
      }
      switch (command, values.count) {
      case ("M", 2), ("L", 2): (x, y) = (values[0], values[1])
      case ("H", 1): x = values[0]
      case ("V", 1): y = values[0]
      case ("h", 1), ("z", 0): break
      default: Issue.record("\(command) with \(values)")
      }
      places.append((x, y))
    }
    return places
  }
}
