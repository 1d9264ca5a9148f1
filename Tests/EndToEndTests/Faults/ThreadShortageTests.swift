import Foundation
import Platform
import TestSupport
import Testing

/// Programs whose threads cannot be created because their stacks do not fit in memory.
@Suite(
  .blocking, .enabled("a stack of 512 GiB may be asked for, and is refused here") { try HugeStack.isRefused },
  .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
struct ThreadShortageTests {
  private func run(_ path: String, _ arguments: [String], in folder: Folder? = nil) throws -> Program.Outcome
  {
    try Program(path: "/bin/sh").run(["-c", HugeStack.script, path] + arguments, in: folder)
  }

  private func expectOneLine(_ outcome: Program.Outcome, _ model: String) {
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(
      outcome.error.hasPrefix("scaleup-\(model): cannot create a thread with a stack of 536870912 KiB: "),
      "\(outcome.error)")
    #expect(outcome.error.contains("(ulimit -s)") && outcome.error.split(separator: "\n").count == 1)
  }

  @Test(
    "a model names the limit on stacks and does not hang, and describes itself",
    arguments: [
      ("dispatch", "sum"), ("taskgroup", "sum"), ("threads", "sum"), ("experiment", "waiting"),
    ])
  func models(model: String, workload: String) throws {
    let path = try Program("scaleup-\(model)").path
    expectOneLine(try run(path, [workload, "--upto", "5", "--workers", "2"]), model)
    #expect(try run(path, ["--describe"]).status == 0)
  }

  @Test(
    "a rank with several threads names the limit, unless its MPI library needs a thread itself",
    .enabled(if: MessagePassing.isHere, MessagePassing.lack))
  func ranks() throws {
    let path = try #require(MessagePassing.executable)
    let outcome = try run(path, ["sum", "--upto", "5", "--threads-per-rank", "2"])
    if try run(path, ["sum", "--upto", "5"]).status == 0 {
      expectOneLine(outcome, "mpi")
    } else {
      #expect(outcome.status != 0 && outcome.output == "" && outcome.error != "")
    }
  }

  @Test("a list has every model, and a run fails the trials of those that need threads")
  func harness() throws {
    let folder = try Folder()
    let path = try Program("scaleup").path
    let list = try run(path, ["list"], in: folder)
    #expect(list.status == 0)
    #expect(!list.output.contains("missing") && !list.output.contains("does not work"), "\(list.output)")
    let outcome = try run(
      path,
      [
        "--workload", "sum", "--kernel", "scalar", "--upto", "1000", "--workers", "2", "--trials", "1",
        "--warmup", "0", "--no-save", "--foreign-load", "1000",
      ], in: folder)
    #expect(outcome.status == 1)
    let failures = outcome.output.split(separator: "\n").filter { $0.hasPrefix("FAILED: ") }
    #expect(failures.count == 3 && failures.allSatisfy { $0.contains("(ulimit -s)") }, "\(outcome.output)")
    #expect(outcome.output.contains("\nfork "))
  }
}

/// A limit on stacks of 512 GiB.
private enum HugeStack {
  /// The command line of a program under the limit: `$0` is the program.
  static let script = "ulimit -s 536870912 && exec \"$0\" \"$@\""

  /// Whether the limit may be set, and no such stack is lent.
  static var isRefused: Bool {
    get throws {
      let isAllowed = try Program(path: "/bin/sh").run(["-c", "ulimit -s 536870912"]).status == 0
      // With this setting the kernel lends any amount of memory.
      return isAllowed && FileTree.machine.line("proc/sys/vm/overcommit_memory") != "1"
    }
  }
}
