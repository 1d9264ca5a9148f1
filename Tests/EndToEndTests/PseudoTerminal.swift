import Foundation
import Synchronization
import Testing

/// A terminal that a test reads instead of a person.
final class PseudoTerminal: Sendable {
  /// What a program writes to.
  let device: FileHandle

  private let text = Mutex("")
  private let controller: Int32

  init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
    // Linux's own way; the functions of the standard are not visible to Swift there.
    let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let controller = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (isLocked, number): (Int32, Int32) = (0, 0)
    let isReady = ioctl(controller, unlock, &isLocked) == 0 && ioctl(controller, getNumber, &number) == 0
    try #require(isReady)
    self.controller = controller
    device = try #require(FileHandle(forUpdatingAtPath: "/dev/pts/\(number)"))
    resize(columns: columns, rows: rows)
    Thread.detachNewThread { [self] in
      var bytes = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(controller, &bytes, bytes.count)
        if count <= 0 { break }
        text.withLock { $0 += String(decoding: bytes[..<count], as: UTF8.self) }
      }
    }
  }

  /// Gives it another size.
  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
  }

  /// Whether some text has been written.
  func has(_ part: String) -> Bool {
    text.withLock { $0.contains(part) }
  }

  /// What has been written until now.
  var textSoFar: String { text.withLock { $0 } }

  /// Types in a person's place.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(write(controller, bytes, bytes.count) == bytes.count)
  }

  /// What was written until now, after a moment in which the last of it can arrive.
  func shown() -> String {
    var before = -1
    while true {
      let now = text.withLock { $0 }
      if now.utf8.count == before { return now }
      before = now.utf8.count
      usleep(100_000)
    }
  }
}
