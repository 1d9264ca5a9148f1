import CPlatform
import TestSupport
import Testing

@testable import Platform

struct CoreSamplerTests {
  private let text = """
    cpu  178877 8 42021 514085 1669 0 466 369 0 0
    cpu0 82426 4 20163 265527 346 1 149 179 7 0
    cpu1 96450 4 21858 248558 1323 0 316 190 0 0
    intr 1 2 3
    ctxt 9

    """

  @Test("a core is busy in every state but idle and waiting, and steal time is separate")
  func known() {
    var reading = CoreReading()
    #expect(replace(&reading, text))
    let tick: UInt64 = 10_000_000
    #expect(
      reading.cores == [
        .init(number: 0, busy: (82426 + 4 + 20163 + 1 + 149) * tick, steal: 179 * tick),
        .init(number: 1, busy: (96450 + 4 + 21858 + 316) * tick, steal: 190 * tick),
      ])
    #expect(reading.steal == 369 * tick)
  }

  @Test("the busy time of all cores is the kernel's own sum, and that of some cores is theirs")
  func sum() {
    var reading = CoreReading()
    // The sum of a kernel that counts in nanoseconds is more exact than that of the rounded lines.
    #expect(replace(&reading, "cpu  14 0 9 9 0 0 0 0\ncpu0 6 0 4 4 0 0 0 0\ncpu1 7 0 4 4 0 0 0 0\nintr 0\n"))
    #expect(reading.busy == 230_000_000)
    #expect(reading.limited(to: [0, 1, 2]).busy == 230_000_000)
    #expect(reading.limited(to: [1]).busy == 110_000_000)
    #expect(replace(&reading, "cpu0 6 0 4 4 0 0 0 0\nintr 0\n") && reading.busy == 100_000_000)
  }

  @Test("offline cores have no line, and old kernels have shorter lines")
  func sparse() {
    var reading = CoreReading()
    #expect(replace(&reading, "cpu  1 1 1 1\ncpu3 1 2 3 4\ncpu11 5 6 7 8 9 10 11\nintr 0\n"))
    #expect(reading.cores.map(\.number) == [3, 11])
    #expect(reading.cores.map(\.busy) == [60_000_000, 390_000_000])
    #expect(reading.cores.map(\.steal) == [0, 0])
  }

  @Test("malformed lines are skipped")
  func malformed() {
    let known: [(String, [Int])] = [
      ("", []), ("\n", []), ("cpu", []), ("cpu0", []), ("cpu0\n", []), ("cpu0 a b\nintr", []),
      ("cpu0 1 2 3\nx\n", []),
      ("cpux 1 2 3 4\ncpu1 1 1 1 1\nx\n", [1]), ("cpu99999999999999999999 1 1 1 1\ncpu2 1 1 1 1\nx\n", [2]),
      ("cpu0 18446744073709551615 1 1 1\ncpu1 1 1 1 1\nx\n", [0, 1]),
      ("cpu0 1844674407370955161 1 1 1\ncpu1 1 1 1 1\nx\n", [1]), ("intr 1\ncpu0 1 1 1 1\n", []),
      ("cpu0 1 1 1 99999999999999999999 1\n", []),
    ]
    for (text, numbers) in known {
      var reading = CoreReading()
      _ = replace(&reading, text)
      #expect(reading.cores.map(\.number) == numbers, "\(text)")
    }
  }

  @Test("truncated and corrupted bytes are read without a crash")
  func fuzz() {
    var generator = SplitMix64(seed: 31)
    let bytes = Array(text.utf8)
    for _ in 0..<2000 {
      var changed = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
      for _ in 0..<3 where !changed.isEmpty {
        changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      var reading = CoreReading()
      _ = changed.withUnsafeBytes { reading.replace(with: $0, tick: 10_000_000) }
      #expect(reading.cores.count <= 3)
    }
  }

  @Test("hundreds of cores are read whole, even if they exceed the first buffer")
  func manyCores() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<256).map { "cpu\($0) 4294967295 4294967295 4294967295 4294967295 0 0 0 \($0) 0 0\n" }
      .joined()
    let tree = try FileTree.recorded(["proc/stat": "cpu  1 1 1 1\n" + lines + "intr 5\n"], in: folder)
    let sampler = try #require(CoreSampler(from: tree))
    var reading = CoreReading()
    for _ in 0..<3 {
      #expect(sampler.read(into: &reading))
      #expect(reading.cores.map(\.number) == Array(0..<256))
      #expect(reading.cores.last?.steal == 2_550_000_000)
    }
  }

  @Test("each reading shows the file as it is then, with cores that went or came")
  func comingAndGoing() throws {
    let folder = try TemporaryFolder()
    let tree = try FileTree.recorded(["proc/stat": text], in: folder)
    let sampler = try #require(CoreSampler(from: tree))
    var reading = CoreReading()
    for (content, numbers) in [
      ("cpu0 1 1 1 1\nintr\n", [0]), (text, [0, 1]), ("", []), ("cpu1 1 1 1 1\nx\n", [1]),
    ] {
      let file = Descriptor(
        owning: try system("open") { scaleup_open(folder.file("proc/stat"), O_WRONLY | O_TRUNC, 0) })
      try file.write(Array(content.utf8))
      #expect(sampler.read(into: &reading) == !numbers.isEmpty)
      #expect(reading.cores.map(\.number) == numbers)
    }
  }

  @Test("there is no sampler without the file")
  func missing() throws {
    #expect(CoreSampler(from: FileTree(root: try TemporaryFolder().path)) == nil)
  }

  @Test("the cores of this machine have been busy, and their busy time never shrinks")
  func thisMachine() throws {
    let sampler = try #require(CoreSampler())
    var (first, second) = (CoreReading(), CoreReading())
    #expect(sampler.read(into: &first) && sampler.read(into: &second))
    #expect(first.busy > 0 && second.busy >= first.busy)
  }

  private func replace(_ reading: inout CoreReading, _ text: String) -> Bool {
    Array(text.utf8).withUnsafeBytes { reading.replace(with: $0, tick: 10_000_000) }
  }
}
