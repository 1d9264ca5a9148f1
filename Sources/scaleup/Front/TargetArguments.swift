import Arguments
import Fleet
import Platform

/// The options that say to which servers `scaleup balance` and `scaleup jobs` give work.
struct TargetArguments {
  /// The servers, all with names.
  let targets: [(name: String, address: String, port: Int)]
  /// Whether commands on standard input add and remove servers.
  let takesCommands: Bool

  /// Reads the options.
  ///
  /// - Parameter purpose: What a server is for, such as `forward to`.
  /// - Throws: `UsageError`.
  init(_ line: inout ArgumentLine, to purpose: String) throws(UsageError) {
    let given = line.values(of: Self.target(purpose))
    takesCommands = line.has(Self.control)
    targets = try Self.named(given)
  }

  /// Checks that there is a server, or may be one.
  ///
  /// - Throws: `UsageError`.
  func check() throws(UsageError) {
    if targets.isEmpty, !takesCommands {
      throw .other("missing --target or --control (try --target 127.0.0.1:8081)")
    }
  }

  /// Returns the targets with names: those without one are `t-1`, `t-2` and so on.
  private static func named(
    _ targets: [Target]
  ) throws(UsageError) -> [(name: String, address: String, port: Int)] {
    var named: [(name: String, address: String, port: Int)] = []
    for (index, target) in targets.enumerated() {
      let name = target.name ?? "t-\(index + 1)"
      if named.contains(where: { $0.name == name }) {
        throw .other(
          "two targets have the name \(name) (give each a name of its own: --target NAME=ADDRESS:PORT)")
      }
      named.append((name, target.address, target.port))
    }
    return named
  }

  private static func target(_ purpose: String) -> Option<Target> {
    Option(
      "target", "[NAME=]ADDRESS:PORT",
      Reader(
        expected: "a numeric address and a port, with a name before them if you like",
        example: "a=127.0.0.1:8081", parse: { Target($0) }),
      isRepeatable: true, help: "server to \(purpose); give it once per server (names: t-1, t-2, …)")
  }

  private static let control = Flag(
    "control",
    help: "take commands from standard input: add NAME ADDRESS PORT, drain NAME, remove NAME, status")
}

/// A server on the command line.
private struct Target: Hashable {
  /// `nil` if it was given none.
  let name: String?
  let address: String
  let port: Int

  /// Reads `[NAME=]ADDRESS:PORT`; `nil` if a word is none.
  init?(_ word: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let socket = parts.last, let colon = socket.lastIndex(of: ":"),
      let port = Int(socket[socket.index(after: colon)...]), (1...65_535).contains(port)
    else { return nil }
    var address = String(socket[..<colon])
    if address.hasPrefix("["), address.hasSuffix("]") {
      address = String(address.dropFirst().dropLast())
    } else if address.contains(":") {
      return nil
    }
    guard isAddress(address) else { return nil }
    (name, self.address, self.port) = (parts.count == 2 ? String(parts[0]) : nil, address, port)
    if let name, !Balancer.isTargetName(name) { return nil }
  }
}
