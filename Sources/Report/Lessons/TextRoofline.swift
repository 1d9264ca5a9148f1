import Formatting

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A roofline: the most operations per second that a machine allows a program, by the operations that the program does per byte
/// of memory traffic (Williams, Waterman and Patterson, "Roofline", CACM 52 (2009)). Both axes are logarithmic.
///
/// The roof rises with the bandwidth of memory up to the ridge, and is level from there: the cores are then the limit.
public struct TextRoofline: TextDrawing {
  /// A program under the roof.
  public struct Program: Sendable {
    let name: String
    let operationsPerByte: Double?
    let rate: Double

    /// Makes a program.
    ///
    /// - Parameters:
    ///   - operationsPerByte: The operations per byte; `nil` if it moves no bytes, which is drawn at the right edge.
    ///   - rate: The operations per second.
    public init(_ name: String, operationsPerByte: Double?, rate: Double) {
      (self.name, self.operationsPerByte, self.rate) = (name, operationsPerByte, rate)
    }
  }

  private static let height = 9
  private let bandwidth: Double
  private let most: Double
  private let programs: [Program]

  /// Makes a roofline.
  ///
  /// - Parameters:
  ///   - bandwidth: The bandwidth of memory in bytes per second, above 0.
  ///   - most: The operations per second of all cores, above 0.
  public init(bandwidth: Double, most: Double, _ programs: [Program]) {
    (self.bandwidth, self.most, self.programs) = (bandwidth, most, programs)
  }

  /// Returns the picture, a scale below it, and what each mark is.
  public func lines(width: Int) -> [String] {
    let ridge = most / bandwidth
    let known = programs.compactMap(\.operationsPerByte).filter { $0 > 0 }
    guard width >= 30, ridge.isFinite, ridge > 0 else { return marks }
    // From half of the least to four times the greatest, so that both parts of the roof are seen.
    let (left, right) = (
      log2((known + [ridge]).min() ?? ridge) - 1, log2((known + [ridge]).max() ?? ridge) + 2
    )
    let columns = min(width, 60)
    func intensity(_ column: Int) -> Double {
      exp2(left + (right - left) * Double(column) / Double(columns - 1))
    }
    func roof(_ intensity: Double) -> Double { min(most, bandwidth * intensity) }
    let (low, high) = (log2(roof(intensity(0))) - 0.5, log2(most))
    func row(_ rate: Double) -> Int {
      let part = (log2(max(rate, 1)) - low) / max(high - low, 1e-9)
      return Self.height - 1 - Int((min(max(part, 0), 1) * Double(Self.height - 1)).rounded())
    }
    var grid = Array(repeating: Array(repeating: Character(" "), count: columns), count: Self.height)
    for column in 0..<columns {
      let intensity = intensity(column)
      grid[row(roof(intensity))][column] = intensity < ridge ? "╱" : "─"
    }
    for (mark, program) in zip("ABCDEFGH", programs) {
      let place = program.operationsPerByte.map { (log2($0) - left) / (right - left) } ?? 1
      let column = Int((min(max(place, 0), 1) * Double(columns - 1)).rounded())
      grid[row(program.rate)][column] = mark
    }
    return grid.map { withoutTrailingSpaces(String($0)) } + [scale(columns, left, right, ridge)] + marks
  }

  private func scale(_ columns: Int, _ left: Double, _ right: Double, _ ridge: Double) -> String {
    let ends = [exp2(left), ridge, exp2(right)].map(Readable.digits)
    let place = Int(((log2(ridge) - left) / (right - left) * Double(columns - 1)).rounded())
    var line = ends[0]
    line += String(repeating: " ", count: max(1, place - line.count)) + ends[1]
    line += String(repeating: " ", count: max(1, columns - line.count - ends[2].count)) + ends[2]
    return line
  }

  private var marks: [String] {
    zip("ABCDEFGH", programs).map { mark, program in
      let intensity =
        program.operationsPerByte.map { "\(Readable.digits($0)) operations per byte" } ?? "no memory traffic"
      return Readable.line(
        "\(mark)  \(program.name): \(Readable.large(program.rate)) operations/s, \(intensity)")
    }
  }
}
