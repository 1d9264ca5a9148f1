import CKernels

extension Workload {
  /// Reads and writes arrays that are larger than the caches.
  public static let memory = Workload(
    name: "memory",
    summary: "stream through arrays larger than the caches, as STREAM does: copy, scale, add, triad",
    work: .arrays([Kernel.scalarStream] + Kernel.vectorStreams))
}

extension Kernel {
  /// The kernel of `memory` that processes one element per step, with ordinary stores.
  static let scalarStream = Kernel(
    name: "scalar",
    loop: .arrays { operation, _ in
      // A loop per operation: none of them chooses among operations at every element.
      switch operation {
      case .copy:
        { target, first, _, _, count in
          for i in 0..<count { target[i] = scaleup_opaque_f64(first[i]) }
        }
      case .scale:
        { target, first, _, factor, count in
          for i in 0..<count { target[i] = scaleup_opaque_f64(factor * first[i]) }
        }
      case .add:
        { target, first, second, _, count in
          for i in 0..<count { target[i] = scaleup_opaque_f64(first[i] + second[i]) }
        }
      case .triad:
        { target, first, second, factor, count in
          for i in 0..<count { target[i] = scaleup_opaque_f64(first[i] + factor * second[i]) }
        }
      }
    })

  /// The vector kernels of `memory` that this processor supports: `simd`, which is the widest, and each kernel under the name
  /// of its instruction set.
  static let vectorStreams: [Kernel] = {
    var count: Int32 = 0
    let table = UnsafeBufferPointer(start: scaleup_stream_kernels(&count), count: Int(count))
    let kernels = table.filter { $0.has() }.map { kernel in
      let (name, ordinary, streaming) = (String(cString: kernel.name), kernel.ordinary, kernel.streaming)
      return Kernel(
        name: name, instructionSet: name,
        loop: .arrays { operation, isStreaming in
          (isStreaming ? streaming : ordinary).loop(of: operation)
        })
    }
    let widest = kernels.prefix(1).map { kernel in
      Kernel(name: "simd", instructionSet: kernel.instructionSet, loop: kernel.loop)
    }
    return widest + kernels
  }()
}

extension scaleup_stream_loops {
  /// Returns the loop of an operation.
  fileprivate func loop(of operation: StreamOperation) -> StreamLoop {
    let loop =
      switch operation {
      case .copy: copy
      case .scale: scale
      case .add: add
      case .triad: triad
      }
    return { loop($0, $1, $2, $3, $4) }
  }
}
