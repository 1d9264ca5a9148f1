import Foundation
import Synchronization
import TestSupport
import Testing

/// A terminal that a test reads instead of a person.
final class PseudoTerminal: Sendable {
  /// The device that a program writes to.
  let device: FileHandle

  private let bytes = Mutex<[UInt8]>([])
  private let pair: TerminalPair

  private var controller: Int32 { pair.controller }

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    pair = try TerminalPair()
    device = try #require(FileHandle(forUpdatingAtPath: pair.device))
    resize(columns: columns, rows: rows)
    Thread.detachNewThread { [self] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(controller, &buffer, buffer.count)
        if count <= 0 { break }
        bytes.withLock { $0 += buffer[..<count] }
      }
    }
  }

  /// Gives it another size.
  func resize(columns: UInt16, rows: UInt16) {
    pair.resize(columns: columns, rows: rows)
  }

  /// Whether a text has arrived.
  func has(_ part: String) -> Bool {
    textSoFar.contains(part)
  }

  /// The text that has arrived; more may be on the way.
  var textSoFar: String {
    let arrived = bytes.withLock { $0 }
    return String(decoding: arrived.filter { $0 != Self.mark }, as: UTF8.self)
  }

  /// Types in a person's place.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(write(controller, bytes, bytes.count) == bytes.count)
  }

  /// The text that was written before this call: a mark written behind it has arrived.
  func shown() throws -> String {
    let marks = marksSoFar
    try device.write(contentsOf: [Self.mark])
    try waitUntil("the mark arrives") { marksSoFar > marks }
    return textSoFar
  }

  /// A byte that no program writes: ASCII's record separator.
  private static let mark: UInt8 = 0x1E

  private var marksSoFar: Int {
    bytes.withLock { $0.count { $0 == Self.mark } }
  }
}
