import Platform
import TestSupport
import Testing

@Suite struct ProcessTreeTests {
  @Test("the CPU time of a process counts its threads and children, and those that it has reaped")
  func tree() throws {
    let (output, error) = (try Pipe(), try Pipe())
    // One child is reaped after some work, another works on.
    let command =
      "sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'; echo; sh -c 'while :; do :; done' & wait"
    let child = try ChildProcess.spawn(
      "/bin/sh", ["-c", command], output: output.writer, error: error.writer)
    defer {
      child.killGroup()
      _ = try? child.reap()
    }
    _ = try output.reader.read(atMost: 1)
    let reaped = try #require(ProcessTree.cpuTime(of: child.identifier))
    #expect(reaped > 0)
    try waitUntil("the second child has worked") {
      (ProcessTree.cpuTime(of: child.identifier) ?? 0) > reaped + 50_000_000
    }
  }

  @Test("a process that there is not has no CPU time")
  func missing() {
    #expect(ProcessTree.cpuTime(of: .max) == nil)
  }
}
