import Platform

/// The version of an HAProxy.
public struct HAProxyVersion: Equatable, Comparable, Sendable, CustomStringConvertible {
  /// The numbers, such as 2, 6 and 12.
  public let numbers: [Int]
  /// The whole word, such as `2.6.12-1+deb12u4`.
  public let description: String

  /// The first version in which checks of servers added at run time are not experimental.
  static let oldest = [2, 6]

  /// Reads the first line of `haproxy -v`; `nil` if it has no version of HAProxy.
  public init?(output: String) {
    let words = output.prefix { $0 != "\n" }.split(separator: " ")
    // HAProxy was called HA-Proxy before 2.4.
    guard words.count >= 3, ["HAProxy", "HA-Proxy"].contains(words[0]), words[1] == "version" else {
      return nil
    }
    let numbers = words[2].prefix { $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) ?? 0 }
    guard numbers.count >= 2 else { return nil }
    (self.numbers, description) = (numbers, String(words[2]))
  }

  /// Whether servers can be added, checked and deleted at run time.
  public var isSupported: Bool { !numbers.lexicographicallyPrecedes(Self.oldest) }

  /// Orders versions by their numbers.
  public static func < (one: HAProxyVersion, other: HAProxyVersion) -> Bool {
    one.numbers.lexicographicallyPrecedes(other.numbers)
  }

  /// The time that a program has to print its version, in nanoseconds.
  static let limit: UInt64 = 5_000_000_000
  /// The time between two looks whether someone asked for the end of the wait.
  private static let interruptionInterval: UInt64 = 50_000_000

  /// Asks a program for its version.
  ///
  /// - Parameters:
  ///   - path: The path of the program.
  ///   - limit: The nanoseconds that it has for the answer.
  ///   - isInterrupted: Returns whether someone asked for the end of the wait.
  /// - Throws: `HAProxyError` if it is no HAProxy, does not answer, or is too old.
  static func supported(
    at path: String, within limit: UInt64 = HAProxyVersion.limit,
    unless isInterrupted: () -> Bool = { false }
  ) throws(HAProxyError) -> HAProxyVersion {
    let output = try firstOutput(of: path, within: limit, unless: isInterrupted)
    guard let version = HAProxyVersion(output: output) else {
      throw .unknownProgram(path, output: String(output.prefix { $0 != "\n" }.prefix(80)))
    }
    if !version.isSupported { throw .tooOld(version) }
    return version
  }

  /// Returns what a program prints for `-v`, up to the end of its first line.
  private static func firstOutput(
    of path: String, within limit: UInt64, unless isInterrupted: () -> Bool
  ) throws(HAProxyError) -> String {
    do {
      let reader: Descriptor
      let child: ChildProcess
      do {
        let pipe = try Pipe()
        reader = pipe.reader
        child = try ChildProcess.spawn(path, ["-v"], output: pipe.writer, error: pipe.writer)
      }
      defer {
        child.killGroup()
        _ = try? child.reap()
      }
      let end = Clock.monotonic.now() + limit
      var bytes: [UInt8] = []
      while bytes.count < 1 << 16, !bytes.contains(UInt8(ascii: "\n")) {
        let now = Clock.monotonic.now()
        if now >= end { throw HAProxyError.noVersion(path, seconds: limit / 1_000_000_000) }
        if isInterrupted() { throw HAProxyError.interrupted }
        if try poll([reader], for: min(end - now, interruptionInterval)).isEmpty { continue }
        let more = try reader.read(atMost: 4096)
        if more.isEmpty { break }
        bytes += more
      }
      return String(decoding: bytes, as: UTF8.self)
    } catch let error as SystemError {
      throw .system(error)
    } catch let error as HAProxyError {
      throw error
    } catch {
      throw .unreadable("the version of \(path)")
    }
  }
}
