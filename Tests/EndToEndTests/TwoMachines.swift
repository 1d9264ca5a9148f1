import Foundation
import Platform
import Testing

/// Two machines made of this one: two network namespaces with a cable between them, and a host name each. A launcher on
/// the first reaches the second through an agent that enters its namespace, as it would through SSH.
final class TwoMachines {
  /// Whether this process may make them.
  static let canBeMade =
    succeeds("unshare", ["--net", "--uts", "true"]) && MessagePassing.path(of: "ip") != nil

  /// Why not, where it may not.
  static let lack: Comment = """
    network namespaces are not permitted here, or iproute2 and util-linux are not installed: run as root in a \
    container with CAP_SYS_ADMIN
    """

  /// Whether the kernel can delay and lose packets.
  static let canDisturb = succeeds(
    "unshare", ["--net", "sh", "-c", "ip link set lo up && tc qdisc add dev lo root netem delay 1ms loss 1%"])

  /// By how much the clock of the second is ahead of the first's, in nanoseconds; 0 where the kernel has no time
  /// namespaces.
  static let clockOffset =
    succeeds("unshare", ["--time", "--monotonic", "1000", "true"]) ? 1_000_000_000_000 : 0

  private let names: [String]
  private let folder: Folder

  /// Makes them.
  init() throws {
    let number = ProcessInfo.processInfo.processIdentifier
    names = ["scaleup-left-\(number)", "scaleup-right-\(number)"]
    // Open MPI splits the name of its agent into words.
    folder = try Folder(prefix: "scaleup-test-")
    for (position, name) in names.enumerated() {
      try Self.ip(["netns", "add", name])
      try Self.ip(["-n", name, "link", "set", "lo", "up"])
      if position == 0 {
        try Self.ip(["-n", name, "link", "add", "cable", "type", "veth", "peer", "name", "other"])
      }
    }
    try Self.ip(["-n", names[0], "link", "set", "other", "netns", names[1], "name", "cable"])
    for (position, name) in names.enumerated() {
      try Self.ip(["-n", name, "addr", "add", "10.77.0.\(position + 1)/24", "dev", "cable"])
      try Self.ip(["-n", name, "link", "set", "cable", "up"])
    }
    // The launcher names the machine, and then says what to execute there.
    try folder.write(
      "#!/bin/sh\nshift\n" + Self.enter(names[1], "right", aheadBy: Self.clockOffset) + #"sh -c "$*""# + "\n",
      to: "agent", isExecutable: true)
    try folder.write(
      "#!/bin/sh\n" + Self.enter(names[0], "left")
        + "mpirun --bind-to none --host 10.77.0.1:2,10.77.0.2:2 --map-by node --mca plm_rsh_agent '\(folder.path)/agent' "
        + "--mca oob_tcp_if_include 10.77.0.0/24 --mca btl_tcp_if_include 10.77.0.0/24 \"$@\"\n",
      to: "launcher", isExecutable: true)
  }

  deinit {
    for name in names { try? Self.ip(["netns", "del", name]) }
  }

  /// The command that starts processes on both.
  var launcher: String { "\(folder.path)/launcher" }

  /// Delays every packet on the cable, and loses some.
  func disturb(_ words: [String]) throws {
    try #require(
      Self.succeeds("tc", ["-n", names[0], "qdisc", "add", "dev", "cable", "root", "netem"] + words))
  }

  private static func enter(_ namespace: String, _ hostName: String, aheadBy offset: Int = 0) -> String {
    let time = offset == 0 ? "" : "--time --monotonic \(offset / 1_000_000_000) "
    return "exec nsenter --net='/run/netns/\(namespace)' unshare --uts \(time)"
      + "sh -c 'hostname \(hostName) && exec \"$@\"' sh "
  }

  private static func ip(_ words: [String]) throws {
    try #require(succeeds("ip", words), "ip \(words.joined(separator: " "))")
  }

  private static func succeeds(_ tool: String, _ words: [String]) -> Bool {
    guard let path = MessagePassing.path(of: tool) else { return false }
    return (try? Program(path: path).run(words).status) == 0
  }
}
