import CPlatform
import TestSupport
import Testing

@testable import Platform

struct PeakMemoryTests {
  @Test("the peak is read from Linux's process status, in bytes")
  func status() {
    let status = "Name:\tscaleup\nVmPeak:\t  999999 kB\nVmHWM:\t    1234 kB\nVmRSS:\t    1000 kB\n"
    #expect(PeakMemory.inStatus(status) == 1234 * 1024)
    #expect(PeakMemory.inStatus("VmHWM: 0 kB") == 0)
    #expect(PeakMemory.inStatus("VmHWM:7 kB") == nil)
  }

  @Test(
    "a status without a peak gives none",
    arguments: [
      "", "\n", "VmHWM:", "VmHWM:\n1 kB", "VmHWM: x kB", "VmHWM: -1 kB", " VmHWM: 1 kB", "VmRSS: 5 kB",
      "VmHWM: 18014398509481984 kB",
    ])
  func malformed(status: String) {
    #expect(PeakMemory.inStatus(status) == nil)
  }

  @Test("this process has used more than a megabyte")
  func thisProcess() throws {
    #expect(try #require(PeakMemory.ofThisProcess()) > 1 << 20)
  }

  @Test("the peak grows with touched memory, and does not shrink when it is freed")
  func growth() async {
    await #expect(processExitsWith: .success) {
      let before = try #require(PeakMemory.ofThisProcess())
      let size = 64 << 20
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
      memset(memory, 1, size)
      // The kernel counts pages per core and adds them up roughly.
      let expected = before + UInt64(size) / 2
      #expect(try #require(PeakMemory.ofThisProcess()) >= expected)
      memory.deallocate()
      #expect(try #require(PeakMemory.ofThisProcess()) >= expected)
    }
  }

  @Test(
    "a forked process has a peak of its own that starts anew and grows with touched memory",
    .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
  func sinceFork() async {
    await #expect(processExitsWith: .success) {
      let size = 64 << 20
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
      memset(memory, 1, size)
      // What is given back is not in the child, but it is in the parent's peak.
      let parent = try #require(PeakMemory.ofThisProcess())
      memory.deallocate()
      let pipe = try Pipe()
      guard let child = try ChildProcess.fork() else {
        let before = PeakMemory.sinceFork() ?? 0
        let own = UnsafeMutableRawPointer.allocate(byteCount: size / 2, alignment: 4096)
        memset(own, 1, size / 2)
        let numbers = [before, PeakMemory.sinceFork() ?? 0]
        own.deallocate()
        try? numbers.withUnsafeBytes { try pipe.writer.write(all: $0) }
        ChildProcess.exitImmediately(0)
      }
      var peaks: [UInt64] = [0, 0]
      #expect(try peaks.withUnsafeMutableBytes { try pipe.reader.read(into: $0) } == 16)
      #expect(try child.reap().status == .exited(0))
      #expect(peaks[0] > 0 && peaks[0] + UInt64(size) / 2 < parent)
      #expect(peaks[1] >= peaks[0] + UInt64(size) / 4)
    }
  }
}
