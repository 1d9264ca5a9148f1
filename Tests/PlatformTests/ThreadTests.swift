import CPlatform
import Synchronization
import TestSupport
import Testing

@testable import Platform

struct ThreadTests {
  @Test("a thread runs its body once, and joining waits for it")
  func runs() throws {
    let count = Atomic<Int>(0)
    let thread = try Thread { count.add(1, ordering: .relaxed) }
    thread.join()
    #expect(count.load(ordering: .relaxed) == 1)
  }

  @Test("a thread runs concurrently with its creator, in the same process")
  func concurrent() throws {
    let (question, answer) = (try Pipe(), try Pipe())
    let thread = try Thread {
      // It waits for what the creator does later: a body that ran in the creator would wait for ever.
      guard let asked = try? question.reader.read(atMost: 1) else { return }
      try? answer.writer.write(asked + Array("\(getpid())".utf8))
    }
    try question.writer.write([42])
    thread.join()
    #expect(try answer.reader.read(atMost: 100) == [42] + Array("\(getpid())".utf8))
  }

  @Test("hundreds of threads run at once, each with its own body")
  func many() throws {
    let started = Atomic<Int>(0)
    let sum = Atomic<Int>(0)
    let gate = try Pipe()
    let threads = try (1...300).map { number in
      try Thread {
        started.add(1, ordering: .relaxed)
        // All of them are there before one goes.
        _ = try? gate.reader.read(atMost: 1)
        sum.add(number, ordering: .relaxed)
      }
    }
    try waitUntil("all threads are started") { started.load(ordering: .relaxed) == 300 }
    #expect(sum.load(ordering: .relaxed) == 0)
    try gate.writer.write([UInt8](repeating: 0, count: 300))
    threads.forEach { $0.join() }
    #expect(sum.load(ordering: .relaxed) == 300 * 301 / 2)
  }

  @Test("thousands of consecutive threads leave nothing behind")
  func sequence() throws {
    let count = Atomic<Int>(0)
    for _ in 0..<3000 { try Thread { count.add(1, ordering: .relaxed) }.join() }
    #expect(count.load(ordering: .relaxed) == 3000)
  }

  @Test("a thread releases what its body holds")
  func release() throws {
    final class Held: Sendable {}
    weak var held: Held?
    do {
      let object = Held()
      held = object
      try Thread { withExtendedLifetime(object) {} }.join()
    }
    #expect(held == nil)
  }

  #if os(Linux)
    @Test(
      "a refused thread is an error, and releases what its body holds",
      .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
    func refused() async {
      await #expect(processExitsWith: .success) {
        final class Held: Sendable {}
        weak var held: Held?
        do {
          let object = Held()
          held = object
          // A limit of processes does not bind root; one of memory binds everybody: a stack no longer fits.
          let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
          var (before, limit) = (rlimit(), rlimit())
          #expect(getrlimit(resource, &before) == 0)
          limit = before
          limit.rlim_cur = 1 << 20
          #expect(setrlimit(resource, &limit) == 0)
          let error = ThreadTests.refusal { withExtendedLifetime(object) {} }
          #expect(setrlimit(resource, &before) == 0)
          #expect(error?.isStackLimit == true && error?.code == ENOMEM)
        }
        #expect(held == nil)
      }
    }

    @Test(
      "the pool is probed with the stacks that its threads will have",
      .disabled(if: Sanitizer.isThere, "a sanitizer's memory is not the program's"))
    func pool() async {
      await #expect(processExitsWith: .success) {
        try Thread.probePool()
        // Larger than the address space of a process.
        #expect(ThreadStack.setSize(1 << 50))
        let error = #expect(throws: SystemError.self) { try Thread.probePool() }
        #expect(error?.isStackLimit == true)
        #expect(
          error?.description.hasPrefix("cannot create a thread with a stack of 1099511627776 KiB: ") == true)
      }
    }

    private static func refusal(_ body: @escaping @Sendable () -> Void) -> SystemError? {
      do throws(SystemError) {
        try Thread(body).join()
        return nil
      } catch {
        return error
      }
    }
  #endif
}
