import Foundation
import TestSupport
import Testing

@testable import Platform

struct CPUShareGroupTests {
  private static let mounts = "30 23 0:26 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw\n"

  /// Returns a tree whose process is in `/a/b`, with the controllers that each group passes on.
  private func tree(_ controllers: [String: String], in folder: TemporaryFolder) throws -> FileTree {
    var files = ["proc/self/cgroup": "0::/a/b\n", "proc/self/mountinfo": Self.mounts]
    for (group, names) in controllers {
      files["sys/fs/cgroup\(group)/cgroup.subtree_control"] = names + "\n"
      files["sys/fs/cgroup\(group)/cgroup.procs"] = ""
    }
    return try .recorded(files, in: folder)
  }

  @Test("a group is made below the lowest one that passes the CPU on, with its share, and takes processes")
  func protocolOfFiles() throws {
    let folder = try TemporaryFolder()
    let tree = try tree(["": "cpu memory", "/a": "cpuset cpu", "/a/b": "memory"], in: folder)
    let group = try CPUShareGroup(share: 0.25, name: "one", in: tree)
    try group.add(4711)
    #expect(tree.text("sys/fs/cgroup/a/one/cpu.max") == "2500 10000\n")
    #expect(tree.text("sys/fs/cgroup/a/one/cgroup.procs") == "4711\n")
    #expect(throws: SystemError.self, "a group that is in use stays") { try group.remove() }
    for name in ["cpu.max", "cgroup.procs"] {
      try FileManager.default.removeItem(atPath: "\(folder.path)/sys/fs/cgroup/a/one/\(name)")
    }
    try group.remove()
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/sys/fs/cgroup/a/one"))
  }

  @Test("without a group that passes the CPU on, no group is made and the remedy is named")
  func unavailable() throws {
    let folder = try TemporaryFolder()
    let tree = try tree(["": "memory", "/a": "cpuset", "/a/b": ""], in: folder)
    #expect(throws: CPUShareError.unavailable) { _ = try CPUShareGroup(share: 1, name: "one", in: tree) }
    #expect(!CPUShareGroup.isPermitted(in: tree))
    #expect(!CPUShareGroup.isPermitted(in: FileTree(texts: [:])))
    #expect("\(CPUShareError.unavailable)".contains("Delegate=cpu"))
  }

  @Test("a group of the same name is an error, and stays")
  func taken() throws {
    let folder = try TemporaryFolder()
    let tree = try tree(["": "cpu"], in: folder)
    _ = try CPUShareGroup(share: 0.5, name: "one", in: tree)
    #expect(throws: CPUShareError.self) { _ = try CPUShareGroup(share: 1, name: "one", in: tree) }
    #expect(tree.text("sys/fs/cgroup/one/cpu.max") == "5000 10000\n")
  }

  @Test("the groups of a process that is gone are removed, those of others stay")
  func abandoned() throws {
    let folder = try TemporaryFolder()
    let tree = try tree(["": "cpu"], in: folder)
    let names = [
      "suite-\(Int32.max)-i-1", "suite-\(Int32.max)-i-2", "suite-\(ThisProcess.identifier)-i-1", "suite-x-1",
      "other-\(Int32.max)-1",
    ]
    let parent = "\(folder.path)/sys/fs/cgroup"
    for name in names {
      try FileManager.default.createDirectory(
        atPath: "\(parent)/\(name)", withIntermediateDirectories: false)
    }
    // A process that the second one still has, as a file that keeps its directory.
    try "".write(toFile: "\(parent)/\(names[1])/cgroup.procs", atomically: false, encoding: .utf8)
    CPUShareGroup.removeAbandoned(prefix: "suite", in: tree)
    let left = names.filter { FileManager.default.fileExists(atPath: "\(parent)/\($0)") }
    #expect(left == Array(names.dropFirst()))
  }

  @Test("no quota is shorter than a millisecond, and the period is as short as that allows")
  func limits() {
    #expect(CPUShareGroup.limit(of: 0.01) == "1000 100000")
    #expect(CPUShareGroup.limit(of: 0.1) == "1000 10000")
    #expect(CPUShareGroup.limit(of: 1.5) == "15000 10000")
  }

  @Test(
    "the kernel takes a group and its share, and lets a process move into it",
    .enabled(if: CPUShareGroup.isPermitted(), "this process may not create control groups"))
  func real() throws {
    let group = try CPUShareGroup(share: 0.5, name: "scaleup-test-\(ThisProcess.identifier)")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["60"]
    try process.run()
    let identifier = process.processIdentifier
    try group.add(identifier)
    let line = FileTree.machine.text("proc/\(identifier)/cgroup") ?? ""
    process.terminate()
    process.waitUntilExit()
    #expect(line.contains("scaleup-test-\(ThisProcess.identifier)"))
    try waitUntil("the group is empty and removed") { (try? group.remove()) != nil }
  }
}
