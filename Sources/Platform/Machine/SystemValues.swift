import CPlatform

/// The values that Darwin's kernel has by name, such as `hw.memsize` (`sysctl`).
struct SystemValues: Sendable {
  /// The values of this machine; none if the system is not Darwin.
  static let machine = SystemValues { name in
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = scaleup_system_value(name, &bytes, bytes.count)
    return count < 0 ? nil : Array(bytes.prefix(count))
  }

  /// No values.
  static let none = SystemValues { _ in nil }

  private let bytes: @Sendable (String) -> [UInt8]?

  /// Creates values from a function that returns the bytes of a value by its name.
  init(_ bytes: @escaping @Sendable (String) -> [UInt8]?) {
    self.bytes = bytes
  }

  /// Returns a text; `nil` if there is none.
  func text(_ name: String) -> String? {
    guard let bytes = bytes(name) else { return nil }
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  /// Returns a number of 32 or 64 bits; `nil` if there is none.
  func number(_ name: String) -> UInt64? {
    guard let bytes = bytes(name), bytes.count == 4 || bytes.count == 8 else { return nil }
    return Self.number(bytes[...])
  }

  /// Returns a number of CPUs or the like; `nil` if there is none, or if it is 0.
  func count(_ name: String) -> Int? {
    number(name).flatMap { Int(exactly: $0) }.flatMap { $0 > 0 && $0 <= 1 << 20 ? $0 : nil }
  }

  /// Returns a list of numbers of 64 bits; empty if there is none.
  func numbers(_ name: String) -> [UInt64] {
    let bytes = bytes(name) ?? []
    return stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { Self.number(bytes[$0..<$0 + 8]) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension FileTree {
  /// The values that the kernel of the tree's machine has by name.
  var systemValues: SystemValues { isMachine ? .machine : .none }
}
