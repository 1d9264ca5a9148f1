#if os(Linux)
  import Glibc

  /// A terminal whose other end a test holds.
  public final class TerminalPair: Sendable {
    /// The end of the person: what is written to the terminal is read here, and the reverse.
    public let controller: Int32
    /// The path of the terminal.
    public let device: String

    /// Makes a terminal.
    public init() throws {
      // Linux's own way; the functions of the standard are not visible to Swift there.
      let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      controller = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (isLocked, number): (Int32, Int32) = (0, 0)
      guard ioctl(controller, unlock, &isLocked) == 0, ioctl(controller, getNumber, &number) == 0 else {
        throw TerminalError(code: errno)
      }
      device = "/dev/pts/\(number)"
    }

    deinit {
      close(controller)
    }

    /// Gives it a size in characters.
    public func resize(columns: UInt16, rows: UInt16) {
      var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    }

    /// Fills the terminal, and makes room for a few thousand bytes: the least that the kernel makes.
    public func fill() {
      let writer = open(device, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      defer { close(writer) }
      // The kernel moves what was written to the other end, which makes room again.
      repeat {
        let bytes = [UInt8](repeating: UInt8(ascii: "."), count: 1000)
        while write(writer, bytes, bytes.count) > 0 || write(writer, bytes, 1) > 0 {}
      } while Self.isWritable(writer, within: 100)
      var buffer = [UInt8](repeating: 0, count: 4000)
      var count = 0
      while count < buffer.count { count += max(0, read(controller, &buffer, buffer.count - count)) }
      _ = Self.isWritable(writer, within: 60_000)
    }

    private static func isWritable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      return poll(&entry, 1, milliseconds) > 0
    }
  }

  /// A terminal that could not be made.
  public struct TerminalError: Error {
    /// The error number.
    public let code: Int32
  }
#endif
