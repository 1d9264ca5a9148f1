import TestSupport
import Testing

@testable import Workloads

/// The arrays of `memory`: their parts, their passes, and the check of their values.
struct StreamTests {
  private static let kernels = Workload.memory.kernels

  private func arrays(
    count: Int, _ operation: StreamOperation = .triad, kernel: Kernel? = nil, isStreaming: Bool = false,
    steps: UInt64, workers: Int = 1
  ) -> StreamArrays {
    StreamArrays(
      size: UInt64(count) * 8, operation, kernel ?? Self.kernels[0], isStreaming: isStreaming, steps: steps,
      workers: workers)
  }

  @Test("the kernels of memory are scalar, simd and the instruction sets of this processor")
  func kernels() {
    #expect(Self.kernels.prefix(2).map(\.name) == ["scalar", "simd"])
    #expect(Self.kernels.last?.name == "portable")
    #expect(Self.kernels[1].instructionSet == Self.kernels[2].name)
  }

  @Test(
    "every kernel computes what plain Swift does, at every length and alignment, and writes nothing else",
    arguments: StreamOperation.allCases, [false, true])
  func loops(operation: StreamOperation, isStreaming: Bool) throws {
    let room = 160
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: 3 * room)
    defer { memory.deallocate() }
    for kernel in Self.kernels {
      guard case .arrays(let loops) = kernel.loop else {
        Issue.record("\(kernel.name) has no arrays")
        return
      }
      let loop = loops(operation, isStreaming)
      for count in Array(0...40) + [63, 64, 65, 127] {
        for (offset, first, second) in [(0, 0, 0), (1, 0, 3), (7, 2, 5), (4, 1, 1)] {
          for place in 0..<3 * room { memory[place] = Double(place) + 0.5 }
          let before = Array(UnsafeBufferPointer(start: memory, count: 3 * room))
          loop(memory + offset, memory + room + first, memory + 2 * room + second, 1.25, count)
          var expected = before
          for i in 0..<count {
            let (x, y) = (before[room + first + i], before[2 * room + second + i])
            expected[offset + i] =
              switch operation {
              case .copy: x
              case .scale: 1.25 * x
              case .add: x + y
              case .triad: x + 1.25 * y
              }
          }
          let after = Array(UnsafeBufferPointer(start: memory, count: 3 * room))
          #expect(after == expected, "\(kernel.name) \(operation), \(count) from \(offset)")
        }
      }
    }
  }

  @Test("the parts of workers are in order, without gaps, and begin with a whole cache line")
  func parts() {
    for count in [128, 129, 135, 136, 1000, 4097] {
      for workers in [1, 2, 3, 7, 64, 600] {
        let arrays = arrays(count: count, steps: 1, workers: workers)
        let parts = (0..<workers).map(arrays.part)
        #expect(parts[0].lowerBound == 0 && parts[workers - 1].upperBound == count)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
        #expect(parts.allSatisfy { $0.isEmpty || $0.lowerBound.isMultiple(of: 8) })
        let sizes = parts.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) < 16 || workers > count / 8)
      }
    }
  }

  @Test("a worker touches its part and nothing else")
  func touch() {
    let arrays = arrays(count: 1000, steps: 1, workers: 3)
    // The pattern of a double that no touch writes.
    arrays.memory.initializeMemory(as: UInt8.self, repeating: 0x7F)
    arrays.touch(as: 1)
    let part = arrays.part(of: 1)
    for array in 0..<3 {
      for element in 0..<1000 {
        let value = arrays.array(array)[element]
        #expect(value.bitPattern == 0x7F7F_7F7F_7F7F_7F7F || part.contains(element))
        if part.contains(element) { #expect(value == Double(element + 1) * [1, 2, 5][array]) }
      }
    }
  }

  @Test(
    "after any number of steps and regions, with any kernel, every element is exact",
    arguments: StreamOperation.allCases, [1, 3])
  func exact(operation: StreamOperation, regions: Int) {
    for kernel in Self.kernels {
      for (count, steps) in [(128, 1), (128, 127), (131, 131), (131, 132), (200, 1999), (1003, 12_345)] {
        for workers in [1, 3] {
          let arrays = arrays(
            count: count, operation, kernel: kernel, isStreaming: true, steps: UInt64(steps), workers: workers
          )
          for worker in 0..<workers { arrays.touch(as: worker) }
          for _ in 0..<regions {
            let done = (0..<workers).reduce(0) { $0 + arrays.pass(as: $1) }
            #expect(done == UInt64(steps))
          }
          let right = (0..<workers).reduce(0) { $0 + arrays.check(as: $1) }
          #expect(right == UInt64(steps), "\(kernel.name), \(steps) steps over \(count) elements")
        }
      }
    }
  }

  @Test(
    "the values are those of a plain loop over whole arrays",
    arguments: StreamOperation.allCases)
  func reference(operation: StreamOperation) {
    let (count, passes) = (150, 11)
    let arrays = arrays(count: count, operation, kernel: Self.kernels[1], steps: UInt64(count * passes))
    arrays.touch(as: 0)
    _ = arrays.pass(as: 0)
    var plain = [1.0, 2, 5].map { multiple in (1...count).map { Double($0) * multiple } }
    for pass in 0..<passes {
      let roles = operation.roles(in: UInt64(pass))
      for i in 0..<count {
        let (x, y) = (plain[roles.first][i], plain[roles.second][i])
        plain[roles.target][i] =
          switch operation {
          case .copy: x
          case .scale: -x
          case .add: x + y
          case .triad: x + 3 * y
          }
      }
    }
    for array in 0..<3 {
      #expect(Array(UnsafeBufferPointer(start: arrays.array(array), count: count)) == plain[array])
    }
  }

  @Test("one wrong element in any array is found", arguments: StreamOperation.allCases)
  func wrongElement(operation: StreamOperation) {
    let (count, passes) = (150, 5)
    for array in 0..<3 {
      for element in [0, 77, 149] {
        let arrays = arrays(count: count, operation, steps: UInt64(count * passes))
        arrays.touch(as: 0)
        _ = arrays.pass(as: 0)
        arrays.array(array)[element] += 1
        #expect(arrays.check(as: 0) == UInt64((count - 1) * passes))
      }
    }
  }

  @Test("a pass that was left out is found", arguments: StreamOperation.allCases)
  func missingPass(operation: StreamOperation) {
    for passes in 1...13 {
      let (less, more) = (
        arrays(count: 128, operation, steps: UInt64(128 * (passes - 1)) + 1),
        arrays(count: 128, operation, steps: UInt64(128 * passes))
      )
      for arrays in [less, more] { arrays.touch(as: 0) }
      if passes > 1 { _ = less.pass(as: 0) }
      _ = more.pass(as: 0)
      // The last element has one pass less.
      #expect((0..<3).contains { less.array($0)[127] != more.array($0)[127] }, "\(passes) passes")
    }
  }

  @Test("the replacement of a lost worker does its region before it checks")
  func replacement() {
    let arrays = arrays(count: 300, steps: 1000, workers: 2)
    #expect(arrays.check(as: 0) + arrays.check(as: 1) == 1000)
  }
}
