import Records

/// The title and the subtitle above a chart, each on as many lines as it needs.
struct Heading {
  private static let titleHeight = 17.0
  private static let subtitleHeight = 15.0
  private static let mostLines = 3

  private let title: [String]
  private let subtitle: [String]

  init(_ title: String, _ subtitle: String) {
    let width = Drawing.width - 8
    // A strong text is wider than a plain one.
    self.title = TextWidth.lines(title, into: width, size: 13.5, most: Self.mostLines)
    self.subtitle = TextWidth.lines(subtitle, into: width, size: Drawing.small, most: Self.mostLines)
  }

  /// The place below it, which is that of the chart's first shapes.
  var bottom: Double {
    18 + Self.titleHeight * Double(max(1, title.count)) + Self.subtitleHeight * Double(max(1, subtitle.count))
  }

  /// The texts.
  var shapes: [Markup] {
    let firstSubtitle = 17 + Self.titleHeight * Double(max(1, title.count))
    return title.enumerated().map { row, line in
      .label(line, at: Point(x: 4, y: 17 + Self.titleHeight * Double(row)), class: "strong")
    }
      + subtitle.enumerated().map { row, line in
        .label(
          line, at: Point(x: 4, y: firstSubtitle + Self.subtitleHeight * Double(row)), class: "quiet small")
      }
  }
}
