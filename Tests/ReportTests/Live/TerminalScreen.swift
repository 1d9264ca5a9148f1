/// As much of a terminal as the live view uses: lines that scroll, the cursor, and four codes.
struct TerminalScreen {
  private(set) var lines: [[Character]] = [[]]
  private var (row, column) = (0, 0)
  private let columns: Int

  init(columns: Int) {
    self.columns = columns
  }

  /// The lines up to the last that is not empty, without spaces at their ends.
  var text: [String] {
    let texts = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
    return Array(texts.reversed().drop { $0.isEmpty }.reversed())
  }

  mutating func write(_ text: String) {
    var rest = Substring(text)
    while let character = rest.popFirst() {
      switch character {
      case "\r\n":
        column = 0
        down()
      case "\r": column = 0
      case "\n": down()
      case "\u{1B}":
        rest.removeFirst()
        let digits = rest.prefix { $0.isNumber || $0 == ";" }
        rest = rest.dropFirst(digits.count)
        obey(rest.removeFirst(), Int(digits))
      default: put(character)
      }
    }
  }

  private mutating func obey(_ code: Character, _ number: Int?) {
    switch code {
    case "A": row = max(0, row - (number ?? 1))
    case "C": column = min(columns - 1, column + (number ?? 1))
    case "K": lines[row] = Array(lines[row].prefix(column))
    case "J":
      lines[row] = Array(lines[row].prefix(column))
      lines.removeSubrange((row + 1)...)
    case "m": break
    default: preconditionFailure("the code \(code) is not known")
    }
  }

  private mutating func put(_ character: Character) {
    precondition(column < columns, "a line is wrapped")
    while lines[row].count <= column { lines[row].append(" ") }
    lines[row][column] = character
    column += 1
  }

  private mutating func down() {
    row += 1
    if row == lines.count { lines.append([]) }
  }
}
