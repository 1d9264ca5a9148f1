import Foundation
import Testing

@testable import Report

/// The colours of series, as those see them who see some colours alike.
struct PaletteTests {
  /// The appearance of linear red, green and blue to each kind of vision, by Machado, Oliveira and Fernandes, "A
  /// Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), table 1.
  static let sights: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ],
    [
      [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
    ],
  ]

  /// The colours on white paper, and those on dark.
  private var palettes: [(colours: [[Double]], paper: [Double])] {
    let rules = "\(DrawingStyle.text)".matches(of: /\.(c[0-9]|paper) { (?:color|fill): #([0-9a-f]{6}) }/)
    let colours = rules.map { (name: $0.1, colour: linear(Int($0.2, radix: 16) ?? 0)) }
    let half = colours.count / 2
    return [colours.prefix(half), colours.suffix(half)].map { palette in
      (
        palette.filter { $0.name != "paper" }.map(\.colour),
        palette.first { $0.name == "paper" }?.colour ?? []
      )
    }
  }

  @Test("any two series colors are distinguishable, also with color blindness", arguments: sights.indices)
  func distances(sight: Int) {
    for (colours, _) in palettes {
      #expect(colours.count == DrawingStyle.colours)
      let seen = colours.map { colour in
        lightnessAndTints(Self.sights[sight].map { row in zip(row, colour).reduce(0) { $0 + $1.0 * $1.1 } })
      }
      for first in seen.indices {
        for second in seen.indices.dropFirst(first + 1) {
          let distance = zip(seen[first], seen[second]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            .squareRoot()
          #expect(distance > 18, "c\(first) and c\(second): \(distance)")
        }
      }
    }
  }

  @Test("series colors have a contrast of 3 to 1 with the background, as WCAG 2.2 requires")
  func contrast() {
    for (colours, paper) in palettes {
      for colour in colours {
        let light = [colour, paper].map { 0.2126 * $0[0] + 0.7152 * $0[1] + 0.0722 * $0[2] + 0.05 }.sorted()
        #expect(light[1] / light[0] >= 3)
      }
    }
  }

  @Test("series colors are for shapes only, not for text")
  func texts() throws {
    for picture in svgPictures(of: [pictureRun(cores: 4)]) {
      let root = try parseXML(picture.svg)
      let texts = root.all.filter { $0.name == "text" || ($0.name == "g" && !$0.all("text").isEmpty) }
      #expect(!texts.isEmpty && texts.allSatisfy { !($0.attributes["class"] ?? "").contains(/\bc[0-9]/) })
    }
  }

  private func linear(_ colour: Int) -> [Double] {
    [16, 8, 0].map { shift in
      let part = Double(colour >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  /// CIE L*a*b* under D65.
  private func lightnessAndTints(_ colour: [Double]) -> [Double] {
    let rgb = colour.map { min(max($0, 0), 1) }
    let x: Double = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047
    let y: Double = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]
    let z: Double = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883
    let xyz: [Double] = [x, y, z].map { $0 > 0.008856 ? cbrt($0) : 7.787 * $0 + 16.0 / 116 }
    return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])]
  }
}
